// A stand-in for `khien serve` while the console is worked on: the built pages under the same strict
// policy, the contract's shapes, an invented province in memory.
//   node dev/serve.mjs [--port N] [--mode office|centre] [--role admin] [--fresh]
//     [--hostile]: names that try to be more than names
// With --api http://127.0.0.1:8765 the pages of dist/ speak to a `khien serve` that runs there.
import { existsSync, readFileSync } from 'node:fs';
import { createServer, request as ask } from 'node:http';
import { parseArgs } from 'node:util';
import { makeRoutes, Refusal } from './routes.mjs';
import { textsOf } from './texts.mjs';

const { values } = parseArgs({
  options: {
    api: { type: 'string' },
    port: { type: 'string', default: '5180' },
    mode: { type: 'string', default: 'office' },
    role: { type: 'string', default: 'admin' },
    fresh: { type: 'boolean', default: false },
    hostile: { type: 'boolean', default: false },
  },
});
const world_token = 'khien_dev_0123456789'; // what POST /tokens gives
const dist = new URL('../dist/', import.meta.url);
const types = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
};
const policy =
  "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'";

const listeners = new Set();
const bus = {
  send: (event, data) =>
    listeners.forEach((l) => l.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)),
};
setInterval(() => bus.send('tick', {}), 5000);
const routes = makeRoutes(values, bus).map(([method, pattern, run]) => ({
  method,
  run,
  path: new RegExp(`^${pattern.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`),
}));

function asset(path, response) {
  const name = path.slice(1);
  const file = new URL(name && existsSync(new URL(name, dist)) ? name : 'index.html', dist);
  const ext = file.pathname.split('.').pop();
  response.writeHead(200, {
    'Content-Type': types[ext] ?? 'application/octet-stream',
    'Content-Security-Policy': policy,
  });
  response.end(readFileSync(file));
}
function paper(response) {
  response.writeHead(200, {
    'Content-Type': types.html,
    'Content-Security-Policy':
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox",
  });
  response.end(
    '<!doctype html><meta charset="utf-8"><title>Báo cáo</title><style>body{font:11px/1.4 serif;padding:6% 5% 5% 9%}h1{font-size:12px;text-align:center}</style><h1>BÁO CÁO<br>Kết quả thực hiện Công văn 128/SKHCN-CĐS</h1><p>Kính gửi: Sở Khoa học và Công nghệ.</p><p>Thực hiện Công văn 128/SKHCN-CĐS ngày 05/10/2026, cơ quan báo cáo kết quả như sau.</p>',
  );
}

function handOn(request, response) {
  const to = new URL(request.url, values.api);
  const asked = ask(
    to,
    { method: request.method, headers: { ...request.headers, host: to.host, ...(request.headers.origin ? { origin: to.origin } : {}) } },
    (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    },
  );
  asked.on('error', () => response.destroy());
  response.on('close', () => asked.destroy());
  request.pipe(asked);
}

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  return request.headers['content-type'] === 'application/json' && bytes.length ? JSON.parse(bytes) : bytes;
}
async function answer(request, response, url) {
  const path = url.pathname.slice('/api/v1'.length);
  const json = (status, body, headers = {}) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(body === null ? '' : JSON.stringify(body));
  };
  const bearer = request.headers.authorization;
  if (bearer && bearer !== `Bearer ${world_token}`) return json(401, new Refusal(401, 'Chìa khóa không dùng được', '', { code: 'K1301' }).body);
  for (const r of routes) {
    const match = r.method === request.method && r.path.exec(path);
    if (!match) continue;
    try {
      const result = r.run({ ...match.groups, query: url.searchParams, body: await bodyOf(request) });
      return json(200, result ?? null, { ETag: '"1"' });
    } catch (error) {
      if (error instanceof Refusal)
        return json(error.status, error.body, { 'Content-Type': 'application/problem+json' });
      throw error;
    }
  }
  return json(404, new Refusal(404, 'Không có địa chỉ này', path).body);
}

createServer((request, response) => {
  const url = new URL(request.url, 'http://localhost');
  if (values.api && url.pathname.startsWith('/api/')) return handOn(request, response);
  const lang = /^\/texts\/(vi|en)\.json$/.exec(url.pathname)?.[1];
  if (lang) {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    return response.end(JSON.stringify(textsOf(lang)));
  }
  if (url.pathname === '/api/v1/events') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.write('event: tick\ndata: {}\n\n');
    listeners.add(response);
    return request.on('close', () => listeners.delete(response));
  }
  if (url.searchParams.get('format') === 'html') return paper(response);
  if (url.pathname.startsWith('/api/v1/')) return void answer(request, response, url);
  return asset(url.pathname, response);
}).listen(Number(values.port), '127.0.0.1', () => console.log(`http://127.0.0.1:${values.port}/`));
