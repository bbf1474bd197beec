# Loopwarden's server. The final image has Node, the compiled program, the rules' pages and production packages: no shell,
# no package manager, no TypeScript.
#   docker build --tag loopwarden .
#   docker run --publish 3000:3000 --volume loopwarden:/data loopwarden

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build && mkdir /pages && cp --parents rules/*/*.md /pages

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts
# Of the grammar and its runtime only the .wasm files and the code that loads them are used.
RUN rm -rf node_modules/tree-sitter-python/src node_modules/tree-sitter-python/prebuilds \
           node_modules/web-tree-sitter/debug \
    && find node_modules -name '*.map' -delete \
    && mkdir /data

FROM gcr.io/distroless/nodejs24-debian12:nonroot
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
COPY package.json app.yml LICENSE CHANGELOG.md /app/
COPY docker/health.js /app/docker/
COPY --from=packages /app/node_modules /app/node_modules
COPY --from=build /app/dist /app/dist
COPY --from=build /pages /app
# Where the server runs and writes: the .env with the credentials of an App that was registered through its page.
COPY --from=packages --chown=65532:65532 /data /data
WORKDIR /data
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["/nodejs/bin/node", "/app/docker/health.js"]
CMD ["/app/dist/src/cli/main.js", "serve"]
