/**
 * Modules of the standard library that are left out: those whose meaning the engine knows without facts (`typing`), those
 * that async code does not use, and those that are gone from Python.
 */
const leftOut = [
  '__future__ __main__ builtins typing typing_extensions types abc functools contextlib dataclasses enum operator',
  '_typeshed collections.abc _collections_abc _frozen_importlib _frozen_importlib_external',
  'antigravity ast _ast bdb cProfile cmd code codeop colorsys compileall copyreg curses _curses _curses_panel dis doctest',
  'distutils encodings ensurepip idlelib lib2to3 modulefinder opcode pdb pickletools profile profiling pstats pyclbr',
  'pydoc pydoc_data rlcompleter symtable tabnanny test this timeit tkinter _tkinter token trace turtle unittest venv',
  'aifc asynchat asyncore audioop binhex cgi cgitb chunk crypt imghdr imp mailcap msilib _msi nis nntplib nt ntpath',
  'msvcrt winreg winsound _winapi ossaudiodev pipes posix smtpd sndhdr spwd sunau telnetlib uu xdrlib xxlimited',
  'codecs ctypes _ctypes optparse readline reprlib sre_compile sre_constants sre_parse sys wsgiref xml.dom xml.sax',
].flatMap(line => line.split(' '));

/** Whether facts are taken from a stub of the standard library, by its path: `http/client.pyi`. */
export function isTaken(path: string): boolean {
  const name = path.replace(/(?:\/__init__)?\.pyi$/, '').replaceAll('/', '.');
  return !leftOut.some(each => name === each || name.startsWith(`${each}.`));
}

/** The folders of typeshed's `stubs` that facts are taken from: what async code calls, and often by mistake. */
export const thirdParty: readonly string[] = [
  'PyMySQL',
  'PyYAML',
  'croniter',
  'docker',
  'grpcio',
  'httplib2',
  'hvac',
  'kafka-python',
  'ldap3',
  'mysqlclient',
  'paramiko',
  'pexpect',
  'pika',
  'psutil',
  'psycopg2',
  'pyserial',
  'python-dateutil',
  'python-jenkins',
  'requests',
  'requests-oauthlib',
  'simplejson',
  'tabulate',
  'toml',
  'tqdm',
  'xmltodict',
];

/** Whether facts are taken from a stub of such a folder: not from what describes a protocol's messages and error codes. */
export function isUsed(path: string): boolean {
  return !/^(?:kafka\/(?:protocol|record|benchmarks|cli|vendor)|ldap3\/(?:protocol|extend|operation)|pika\/spec|psycopg2\/err|@)/.test(
    path,
  );
}
