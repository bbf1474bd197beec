import { testRule } from '../../test/support/rule-tester.ts';
import blockingSocket from './blocking-socket.ts';

testRule(blockingSocket, {
  valid: [
    'import socket\n\ndef f():\n    return socket.gethostbyname("a")\n',
    'import socket\n\nasync def f():\n    return socket.gethostname()\n',
    {
      name: 'told not to wait',
      code: `
        import socket

        class Peer:
            def __init__(self):
                self._sock = socket.socket()
                self._sock.setblocking(False)

            async def send(self, data):
                self._sock.send(data)
        `,
    },
    {
      name: 'used with the loop',
      code: `
        import asyncio
        import socket

        async def f(loop):
            sock = socket.socket()
            await loop.sock_connect(sock, ("a", 1))
            sock.send(b"")
        `,
    },
    {
      name: 'a socket from elsewhere',
      code: 'import socket\n\nasync def f(sock: socket.socket):\n    return sock.recv(1)\n',
    },
    {
      name: 'the address that a packet would leave from',
      code: `
        import socket

        async def f():
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
                sock.connect(("192.0.2.1", 80))
                sock.sendto(b"", ("192.0.2.1", 80))
                return sock.getsockname()[0]
        `,
    },
    {
      name: 'looking without waiting',
      code: 'import select\n\nasync def f(file):\n    return select.select([file], [], [], 0)\n',
    },
    {
      name: "the loop's own look-up",
      code: 'import asyncio\n\nasync def f(loop: asyncio.AbstractEventLoop):\n    return await loop.getaddrinfo("a", 1)\n',
    },
  ],
  invalid: [
    {
      name: 'the answer to a datagram',
      code: `
        import socket

        async def f(question):
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            s.sendto(question, ("192.0.2.1", 53))
            return s.recv(512)
        #          ^^^^^^^^^^^
        `,
    },
    {
      name: 'a look-up',
      code: `
        import socket

        async def f(host):
            return socket.getaddrinfo(host, 443, proto=socket.IPPROTO_TCP)[0]
        #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      message: '`socket.getaddrinfo` blocks the event loop.',
      help: 'Until a name server has answered, which can take seconds, no other task of this process runs. Use `loop.getaddrinfo`, or move the call to a thread: `await asyncio.to_thread(socket.getaddrinfo, …)`.',
      fixed: `
        import asyncio
        import socket

        async def f(host):
            return (await asyncio.to_thread(socket.getaddrinfo, host, 443, proto=socket.IPPROTO_TCP))[0]
        `,
    },
    {
      name: 'one comment for an exchange',
      code: `
        import socket

        async def f(address):
            sock = socket.socket()
            sock.connect(address)
        #   ^^^^^^^^^^^^^^^^^^^^^
            sock.sendall(b"stats")
            return sock.recv(4096)
        `,
      help: 'Until the other side has answered, no other task of this process runs. Use `asyncio.open_connection`, or put the exchange into a function and run that with `await asyncio.to_thread(…)`.',
      severity: 'error',
      fixed: null,
    },
    {
      name: 'waiting for datagrams',
      code: `
        import socket
        import trio

        async def f():
            sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            sock.bind(("", 9999))
            return sock.recv(1500)
        #          ^^^^^^^^^^^^^^^
        `,
    },
    {
      name: 'a connection in an attribute',
      code: `
        import socket

        class Link:
            def __init__(self, address):
                self.sock = socket.create_connection(address)

            async def read(self):
                return self.sock.recv(1)
        #              ^^^^^^^^^^^^^^^^^
        `,
    },
    {
      name: 'a socket from elsewhere, in strict',
      settings: { preset: 'strict' },
      code: `
        import socket

        async def f(sock: socket.socket):
            return sock.recv(1)
        #          ^^^^^^^^^^^^
        `,
    },
    {
      name: 'a selector',
      code: `
        import selectors

        selector = selectors.DefaultSelector()

        async def f():
            return selector.select(timeout=1)
        #          ^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
    },
    {
      name: 'a certificate',
      code: `
        import anyio
        import ssl

        async def f(host):
            return ssl.get_server_certificate((host, 443))
        #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      fixed: `
        import anyio
        import ssl

        async def f(host):
            return await anyio.to_thread.run_sync(ssl.get_server_certificate, (host, 443))
        `,
    },
  ],
});
