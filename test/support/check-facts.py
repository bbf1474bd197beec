"""Compares facts with the standard library of the Python that runs this.

Reads a JSON list of {"name", "async"} from standard input, prints {"version", "problems"}, where each of the
problems is {"name", "problem"}. Names outside the standard library are passed over, and so is what cannot be told
from outside: attributes of instances, of classes that hand them on, and of functions that make an instance.
"""

import importlib
import inspect
import json
import sys


def find(name):
    """The object with this dotted name, None when it cannot be told; LookupError when there is none."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:length]))
        except ImportError:
            continue
        for part in parts[length:]:
            if isinstance(getattr(found, "__origin__", None), type):
                found = found.__origin__
            if inspect.isclass(found):
                found = attribute_of_class(found, part)
            elif inspect.isroutine(found):
                return None
            elif hasattr(found, part):
                found = getattr(found, part)
            else:
                raise LookupError(name)
        return found
    # Some Pythons come without some modules of the standard library, such as tkinter.
    return None


def attribute_of_class(owner, name):
    found = inspect.getattr_static(owner, name, None)
    if found is not None:
        return getattr(found, "__func__", found)
    if hasattr(owner, "__getattr__") or owner.__module__ == "typing" or is_set_on_instances(owner, name):
        return None
    raise LookupError(f"{owner.__name__}.{name}")


def is_set_on_instances(owner, name):
    sources = [inspect.getsource(base) for base in owner.__mro__ if base.__module__ != "builtins"]
    return any(f"self.{name} = " in source for source in sources)


def problem_of(fact):
    try:
        found = find(fact["name"])
    except LookupError:
        return "there is no such name"
    if not inspect.isfunction(found):
        return None
    is_async = inspect.iscoroutinefunction(found)
    if is_async and not fact["async"]:
        return "it is a coroutine function, and the facts do not say so"
    if fact["async"] and not is_async:
        return "it is no coroutine function"
    return None


def main():
    problems = []
    for fact in json.load(sys.stdin):
        if fact["name"].partition(".")[0] not in sys.stdlib_module_names:
            continue
        problem = problem_of(fact)
        if problem is not None:
            problems.append({"name": fact["name"], "problem": problem})
    json.dump({"version": list(sys.version_info[:2]), "problems": problems}, sys.stdout)


main()
