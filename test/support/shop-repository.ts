/** Files by path. */
export type SourceFiles = Readonly<Record<string, string>>;

/**
 * A repository with two packages, one with a `src` layout, whose modules know each other through what a package
 * exports again.
 */
export const shopBefore: SourceFiles = {
  'pyproject.toml': '[project]\nname = "shop"\nrequires-python = ">=3.11"\n',
  'packages/rates/pyproject.toml': '[project]\nname = "rates"\n',
  'packages/rates/src/rates/__init__.py': 'from .api import rate_of\nfrom .store import load\n',
  'packages/rates/src/rates/api.py':
    'from .http import fetch\n\n\ndef rate_of(currency):\n    return fetch(f"/rates/{currency}")\n',
  'packages/rates/src/rates/http.py': 'def fetch(path):\n    return {"path": path}\n',
  'packages/rates/src/rates/store.py': 'def load(key):\n    return key\n',
  'shop/__init__.py': '',
  'shop/orders/__init__.py': 'from .prices import price_of\n',
  'shop/orders/prices.py':
    'from rates import rate_of\n\n\ndef price_of(order):\n    return order.total * rate_of(order.currency)\n',
  'shop/web.py':
    'from shop.orders import price_of\n\n\nasync def show(order):\n    return {"price": 1}\n\n\nasync def total(order):\n    return price_of(order)\n',
  'shop/worker.py': 'from rates import load\n\n\nasync def run(key):\n    load(key)\n    return key\n',
  'shop/old.py': 'import time\n\n\nasync def wait():\n    time.sleep(1)\n',
};

/**
 * What a change makes of it: `fetch` blocks now, at the end of a chain over three files; `load` is a coroutine, which
 * `shop/worker.py` does not know; and there are mistakes of the change's own.
 */
export const shopAfter: SourceFiles = {
  'packages/rates/src/rates/http.py':
    'import requests\n\n\ndef fetch(path):\n    return requests.get(f"https://rates.example{path}").json()\n',
  'packages/rates/src/rates/store.py': 'async def load(key):\n    return key\n',
  'shop/web.py':
    'import asyncio\nimport time\n\nfrom shop.orders import price_of\n\n\nasync def show(order):\n    time.sleep(1)\n    return {"price": price_of(order)}\n\n\nasync def total(order):\n    asyncio.create_task(show(order))\n    return price_of(order)\n',
  'shop/old.py': '# Moved up.\nimport time\n\n\nasync def wait():\n    time.sleep(1)\n',
};
