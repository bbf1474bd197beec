import { type IniFile, parseIni } from './ini-file.ts';
import type { ProjectFiles } from './project-files.ts';
import { parseTomlFile, type TomlFile } from './toml-file.ts';

/** Something in a project's own files that could not be understood. Lines and columns count from 1. */
export interface SettingsWarning {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** The project's files that may say something, each read once; `null` for a file that is absent or broken beyond reading. */
export interface SettingsFiles {
  toml(path: string): Promise<TomlFile | null>;
  ini(path: string): Promise<IniFile | null>;
  text(path: string): Promise<string | null>;
}

/** Reads settings files; what is broken in them goes to `warn`. */
export function settingsFiles(files: ProjectFiles, warn: (warning: SettingsWarning) => void): SettingsFiles {
  const decoder = new TextDecoder();

  const readToml = async (path: string) => {
    const bytes = await files.read(path);
    if (bytes === null) return null;
    const { file, problem } = parseTomlFile(decoder.decode(bytes));
    if (problem !== null) warn({ file: path, ...problem });
    return file;
  };
  const readIni = async (path: string) => {
    const bytes = await files.read(path);
    if (bytes === null) return null;
    const file = parseIni(decoder.decode(bytes));
    if (file.broken !== null) {
      const message = 'this line is neither a section, nor a key with a value, nor a comment';
      warn({ file: path, line: file.broken, column: 1, message });
    }
    return file;
  };
  const readText = async (path: string) => {
    const bytes = await files.read(path);
    return bytes === null ? null : decoder.decode(bytes);
  };
  return { toml: remembered(readToml), ini: remembered(readIni), text: remembered(readText) };
}

function remembered<T>(read: (path: string) => Promise<T>): (path: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return path => {
    const value = known.get(path) ?? read(path);
    known.set(path, value);
    return value;
  };
}
