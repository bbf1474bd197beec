import { HttpError, type HttpHandler } from './http-reply.ts';

/** Handlers by method and path: `GET /healthz`. A path that ends in `/*` stands for all below it. */
export type Routes = Readonly<Record<string, HttpHandler>>;

/** Makes one handler of many. HEAD is answered as GET, an unknown path with 404, another method with 405. */
export function createRouter(routes: Routes): HttpHandler {
  const known = Object.entries(routes).map(([route, handle]) => {
    const [method = '', path = ''] = route.split(' ');
    return { method, path, handle };
  });
  return request => {
    const path = request.path.length > 1 ? request.path.replace(/\/$/, '') : request.path;
    const candidates = known.filter(route => fits(route.path, path));
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const route = candidates.find(candidate => candidate.method === method);
    if (route !== undefined) return route.handle({ ...request, path });
    if (candidates.length > 0) throw new HttpError(405, `${request.method} is not answered here.`);
    throw new HttpError(404, 'There is nothing here.');
  };
}

function fits(pattern: string, path: string): boolean {
  return pattern.endsWith('/*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
}
