import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Permissions } from './state/model.ts';

/** What an App asks for when it is registered. */
export interface AppManifest {
  readonly permissions: Permissions;
  readonly events: readonly string[];
}

/** Reads `default_permissions` and `default_events` of the repository's `app.yml`; `null` where there is none. */
export function readAppManifest(): AppManifest | null {
  const file = join(import.meta.dirname, '..', '..', 'app.yml');
  if (!existsSync(file)) return null;
  const manifest = parse(readFileSync(file, 'utf8')) as {
    readonly default_permissions?: Permissions;
    readonly default_events?: readonly string[];
  };
  return { permissions: manifest.default_permissions ?? {}, events: manifest.default_events ?? [] };
}
