// Exits with 0 when the server of this container is alive, for Docker's HEALTHCHECK; the image has no shell and no curl.
const port = process.env.PORT || '3000';

fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(4000) }).then(
  response => process.exit(response.ok ? 0 : 1),
  () => process.exit(1),
);
