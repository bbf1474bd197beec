/** The names of builtins that programs with coroutines meet (https://docs.python.org/3/library/functions.html). */
export const builtinNames = new Set(
  `abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex delattr
  dict dir divmod enumerate eval exec filter float format frozenset getattr globals hasattr hash help hex id input int
  isinstance issubclass iter len list locals map max memoryview min next object oct open ord pow print property range
  repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip __import__ Exception
  BaseException KeyboardInterrupt SystemExit GeneratorExit StopIteration StopAsyncIteration TimeoutError OSError
  ConnectionError RuntimeError ValueError TypeError KeyError IndexError AttributeError NotImplementedError
  ExceptionGroup BaseExceptionGroup`.split(/\s+/),
);
