import packageJson from '../../package.json' with { type: 'json' };

/** The name and version of this program, as reports give them. */
export const tool = { name: packageJson.name, version: packageJson.version } as const;
