# Loopwarden's server. The final image has Node, the compiled program, the rule pages and production packages: no shell,
# no package manager, no TypeScript.

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts
# Only their .wasm files and the code that loads them run here.
RUN rm -rf node_modules/tree-sitter-python/src node_modules/tree-sitter-python/prebuilds \
           node_modules/web-tree-sitter/debug node_modules/web-tree-sitter/src \
    && find node_modules -name '*.map' -delete \
    && mkdir /data

FROM gcr.io/distroless/nodejs24-debian12:nonroot
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
COPY --from=packages --chown=65532:65532 /data /data
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY docker docker
COPY package.json app.yml LICENSE CHANGELOG.md ./
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["/nodejs/bin/node", "docker/health.js"]
CMD ["dist/src/cli/main.js", "serve"]
