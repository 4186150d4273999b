// The contract's shapes from the invented world. A route: [method, pattern, (request) => answer].
import { kinds, measures, sentences, text } from './dispatch.mjs';
import { cascade, cascadeRoutes } from './cascade.mjs';
import { inventoryRoutes } from './inventory.mjs';
import * as world from './world.mjs';

export class Refusal {
  constructor(status, title, detail = '', more = {}) {
    Object.assign(this, { status, body: { type: 'about:blank', status, title, detail, code: '', place: '', ...more } });
  }
}

const folded = (s) => String(s ?? '').normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();

function page(items, query, fields) {
  const words = folded(query.get('q'));
  const found = words ? items.filter((i) => fields.some((f) => folded(i[f]).includes(words))) : items;
  const from = Number(query.get('cursor') ?? 0);
  const limit = Math.min(Number(query.get('limit') ?? 50), 200);
  const next = from + limit < found.length ? String(from + limit) : null;
  return { items: found.slice(from, from + limit), next, total: found.length };
}

export function makeRoutes({ mode, fresh, role, hostile }, bus) {
  const user = { id: '1', login: 'nga.dtq', name: 'Đỗ Thị Quỳnh Nga', role };
  const s = {
    signed: true, must: false, version: 1, office: fresh ? { ...world.office(), name: '', parent_name: null, place: null } : world.office(),
    dispatches: fresh ? [] : world.dispatches(), measures: measures(), sources: fresh ? [] : world.sources(hostile), assessments: fresh ? [] : world.assessments(),
    form: { name: 'mau-bao-cao-tong-hop.docx', bytes: 18_400, at: Date.parse('2026-11-12T02:00:00Z') }, registers: world.registers(), enrolments: [{ id: '1', name: 'Phòng máy tầng 2', agency: { id: '2', name: 'UBND phường Mẫu' }, machines: 6, until: Date.parse('2026-12-06T02:00:00Z'), made_by: 'Đỗ Thị Quỳnh Nga' }], tasks: world.tasks(), attestations: world.attestations(), exceptions: world.exceptions(),
    users: world.people(), tokens: [], agencies: world.agencies(), jobs: [], settings: world.settings(),
  };
  const down = cascade();
  const session = () => ({
    user, agency: { id: '2', name: s.office.name, parent_name: s.office.parent_name }, mode, csrf: 'dev', must_change_password: s.must,
    version: '0.1.0', today: world.today, first_run: fresh && !s.assessments.length,
  });
  const changed = (what) => bus.send('changed', { what, id: null });
  const find = (list, id) => list.find((x) => x.id === id) ?? (() => { throw new Refusal(404, 'Không tìm thấy', `Không có ${id}.`); })();

  function job(kind, phase, ms, ended) {
    const it = { id: String(s.jobs.length + 1), kind, phase: 'run', phase_name: phase, done: 0, total: 4, eta_ms: ms, state: 'running', problem: null, result: null };
    s.jobs.unshift(it);
    const tick = () => {
      if (it.state !== 'running') return;
      if (++it.done < it.total) setTimeout(tick, ms / 4);
      else {
        it.result = ended() ?? null;
        it.state = 'done';
      }
      bus.send('job', it);
    };
    setTimeout(tick, ms / 4);
    return { ...it };
  }
  const dispatchFull = (d) => ({
    ...d, measures: d.state === 'failed' ? [] : s.measures, sentences: { measure: 8, background: 1, contact: 1 }, warnings: [],
    head: { form: 'công văn', parent: 'UBND tỉnh Lam Giang', place: 'Lam Giang', recipients: ['Các sở, ban, ngành tỉnh', 'UBND các xã, phường, đặc khu'], legal_basis: [{ number: '77/CAT-PA05', issued_on: '2026-09-28', dispatch_id: '3' }], signing_capacity: 'KT. GIÁM ĐỐC' },
  });
  const recount = () => {
    s.dispatches[0].unsure = s.measures.filter((m) => m.unsure).length;
    ++s.version;
  };

  const routes = [
    ['GET', '/session', () => (s.signed ? session() : (() => { throw new Refusal(401, 'Chưa đăng nhập', '', { code: 'K1301' }); })())],
    ['POST', '/session', ({ body }) => {
      if (body.password === 'sai') throw new Refusal(401, 'Tên đăng nhập hoặc mật khẩu không đúng');
      s.signed = true;
      s.must = body.password === 'lan-dau';
      return session();
    }],
    ['GET', '/session/ways', () => ({ openid: null, passkey: false })],
    ['GET', '/session/passkeys', () => ({ items: world.passkeys(), unfit: 'address', password: true })],
    ['GET', '/users/:id/passkeys', () => ({ items: world.passkeys() })],
    ['DELETE', '/users/:id/passkeys/:key', () => null],
    ['PATCH', '/session/passkeys/:key', () => null],
    ['DELETE', '/session/passkeys/:key', () => null],
    ['POST', '/session/passkeys', () => null],
    ['POST', '/session/link', () => ((s.signed = true), session())],
    ['DELETE', '/session', () => ((s.signed = false), null)],
    ['PUT', '/session/password', () => ((s.must = false), null)],
    ['POST', '/session/otp', () => ({ secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://totp/khien' })],
    ['PUT', '/session/otp', () => ({ recovery_codes: ['4f7k-9q2m', 'x8c3-7h1p'] })],
    ['GET', '/office', () => s.office],
    ['PUT', '/office', ({ body }) => ((s.office = body), body)],
    ['GET', '/kinds', () => kinds],
    ['GET', '/dispatches', ({ query }) => page(s.dispatches.filter((d) => !query.get('state') || d.state === query.get('state')), query, ['number', 'subject', 'issuer'])],
    ['POST', '/dispatches', ({ query }) => {
      const d = { ...world.dispatches()[0], id: String(s.dispatches.length + 1), subject: query.get('name'), state: 'reading' };
      s.dispatches.unshift(d);
      return { dispatch: d, job: job('compile', 'Đọc văn bản', 2000, () => { Object.assign(d, world.dispatches()[0], { id: d.id }); changed('dispatches'); }) };
    }],
    ['GET', '/dispatches/:id', ({ id }) => dispatchFull(find(s.dispatches, id))],
    ['PATCH', '/dispatches/:id', ({ id, body }) => Object.assign(find(s.dispatches, id), body)],
    ['DELETE', '/dispatches/:id', ({ id }) => ((s.dispatches = s.dispatches.filter((d) => d.id !== id)), changed('dispatches'), null)],
    ['GET', '/dispatches/:id/text', () => ({ text, sentences: sentences(s.measures) })],
    ['GET', '/dispatches/:id/changes', () => ({ items: [{ dispatch_id: null, number: '66/SKHCN-CĐS', cite: 'mục 1', text: 'Độ dài mật khẩu tối thiểu 12 ký tự, văn bản trước là 9.', way: 'stricter' }] })],
    ['PATCH', '/dispatches/:id/measures/:mid', ({ mid, body }) => {
      const m = find(s.measures, mid);
      const { kinds: k, dropped, accepted, ...rest } = body;
      Object.assign(m, rest);
      if (k) m.kinds = k.map((x) => { const info = kinds.find((y) => y.kind === x.kind); return { ...info, confidence: null, why: null, parameters: info.parameters.filter((p) => p.id in x.parameters).map((p) => ({ ...p, value: x.parameters[p.id], text: String(x.parameters[p.id]) })) }; });
      if (accepted) Object.assign(m, { unsure: false, state: k ? 'changed' : 'accepted' });
      if (dropped !== undefined) m.state = dropped ? 'dropped' : 'changed';
      recount();
      return m;
    }],
    ['POST', '/dispatches/:id/measures', ({ body }) => {
      const m = { ...measures()[0], id: String(100 + s.measures.length), cite: 'Thêm tay', text: text.slice(body.from, body.to), span: [body.from, body.to], kinds: body.kinds.map((k) => ({ ...kinds.find((x) => x.kind === k.kind), parameters: [] })), state: 'added' };
      s.measures.push(m);
      recount();
      return m;
    }],
    ['POST', '/dispatches/:id/confirm', ({ id }) => {
      if (s.measures.some((m) => m.unsure && m.mine)) throw new Refusal(409, 'Chưa xác nhận được', 'Còn nội dung chưa chắc.');
      return Object.assign(find(s.dispatches, id), { state: 'confirmed' });
    }],
    ['GET', '/dispatches/:id/recipients', ({ query }) => page(world.recipients().filter((r) => !down.recalled?.includes(r.agency.id)), query, [])],
    ['POST', '/dispatches/:id/issue', ({ body }) => ({ issued: body.agency_ids.length + 12 * body.group_ids.length, already: 0, refused: [] })],
    ['GET', '/sources', ({ query }) => page(s.sources, query, ['name'])],
    ['GET', '/source-types', () => ({ items: world.sourceTypes })],
    ['POST', '/sources/asked', ({ body }) => { const it = { ...world.sources()[0], id: String(100 + s.sources.length), name: Object.values(body.settings).join(', '), type: body.type, settings: body.settings }; s.sources.unshift(it); changed('sources'); return { source: it, job: job('source', 'Hỏi nguồn', 800, () => null) }; }],
    ['POST', '/sources', ({ query, body }) => {
      if (!body.length) throw new Refusal(422, 'Tệp rỗng', 'Tệp không có byte nào; hãy xuất lại từ chương trình.');
      const it = { ...world.sources()[1], id: String(100 + s.sources.length), name: query.get('name'), state: 'waiting', certainty: null, columns: [], rows: null };
      s.sources.unshift(it);
      changed('sources');
      return { source: it, job: job('source', 'Đọc tệp', 1200, () => { Object.assign(it, world.sources()[2], { id: it.id, name: it.name }); changed('sources'); }) };
    }],
    ['PATCH', '/sources/:id', ({ id, body }) => Object.assign(find(s.sources, id), { type: body.type, certainty: 'sure', application: body.application ?? find(s.sources, id).application })],
    ['DELETE', '/sources/:id', ({ id }) => ((s.sources = s.sources.filter((x) => x.id !== id)), null)],
    ['GET', '/assessments', ({ query }) => page(s.assessments, query, [])],
    ['POST', '/assessments', () => ({ job: job('assess', 'Đối chiếu số liệu', 2000, () => { if (!s.assessments.length) s.assessments = world.assessments(); changed('assessments'); return { assessment_id: '2' }; }) })],
    ['GET', '/assessments/:id', () => world.assessed()],
    ['GET', '/assessments/:id/findings', ({ query }) => page(world.findings(hostile).filter((f) => (!query.get('verdict') || f.result === query.get('verdict')) && (!query.get('control') || f.control === query.get('control'))), query, ['subject', 'observed'])],
    ...inventoryRoutes(s, { page, find, world, hostile: hostile && world.hostile }),
    ['GET', '/compare', () => ({ items: world.assessed().dispatches[0].measures.map((m, i) => ({ number: '128/SKHCN-CĐS', cite: m.cite, text: m.text, old: i % 3 ? m.verdict : 'undetermined', new: m.verdict })) })],
    ['GET', '/today', () => ({ strip: { met: 37, partly_met: 5, not_met: 10, undetermined: 4, late: 1, unconfirmed: 1, sources: 4 }, rows: fresh ? [] : world.todayRows(), fresh_at: s.assessments[0]?.made_at ?? null })],
    ['POST', '/controls/:id/recheck', () => ({ job: job('recheck', 'Kiểm tra lại', 1500, () => ({ pass: 2, fail: 3, unknown: 1 })) })],
    ['GET', '/tasks', ({ query }) => page(s.tasks.filter((x) => !query.get('state') || x.progress === query.get('state') || (query.get('state') === 'late' && x.days_left < 0)), query, ['title', 'person'])],
    ['PATCH', '/tasks/:id', ({ id, body }) => Object.assign(find(s.tasks, id), body)],
    ['GET', '/registers', () => s.registers.map(({ name, title, rows }) => ({ name, title, rows: rows.length, updated_at: null }))],
    ['GET', '/registers/:id', ({ id }) => s.registers.find((r) => r.name === id) ?? find([], id)],
    ['PUT', '/registers/:id', ({ id, body }) => {
      const r = s.registers.find((x) => x.name === id);
      const problems = body.rows.flatMap((row, i) => r.columns.flatMap((c, j) => (c.required && !row[j] ? [{ row: i + 1, column: c.id, text: `Thiếu “${c.title}”.` }] : c.type === 'date' && row[j] && !/^\d{2}\/\d{2}\/\d{4}/.test(row[j]) ? [{ row: i + 1, column: c.id, text: `“${row[j]}” không phải ngày. Ghi dạng 31/12/2026 08:30.` }] : [])));
      if (problems.length) throw new Refusal(422, 'Có ô cần sửa', '', { problems });
      r.rows = body.rows;
      ++s.version;
      return r;
    }],
    ['GET', '/attestations', ({ query }) => page(s.attestations, query, [])],
    ['POST', '/attestations', ({ body }) => { const a = { id: String(s.attestations.length + 1), control: null, file: null, withdrawn_at: null, ...body }; s.attestations.unshift(a); return a; }],
    ['POST', '/attestations/:id/file', ({ id, query }) => Object.assign(find(s.attestations, id), { file: query.get('name') })],
    ['DELETE', '/attestations/:id', ({ id }) => ((find(s.attestations, id).withdrawn_at = Date.now()), null)],
    ['GET', '/exceptions', ({ query }) => page(s.exceptions, query, [])],
    ['POST', '/exceptions', ({ body }) => { const e = { id: String(s.exceptions.length + 1), state: 'asked', asked_by: user.name, decided_by: null, note: null, ...body }; s.exceptions.unshift(e); return e; }],
    ['POST', '/exceptions/:id/decision', ({ id, body }) => Object.assign(find(s.exceptions, id), { state: body.approve ? 'approved' : 'refused', decided_by: user.name })],
    ['GET', '/agencies', ({ query }) => page(s.agencies.filter((a) => !query.get('parent') || a.parent_id === query.get('parent')), query, ['name', 'code'])],
    ['POST', '/agencies', ({ body }) => { const a = { ...world.agencies()[1], successor_id: null, children: 0, ...body, id: String(s.agencies.length + 1) }; s.agencies.push(a); return a; }],
    ['POST', '/agencies/import', () => ({ rows: 3, added: 2, changed: 0, problems: [{ row: 3, column: 'cha', text: 'Không có cơ quan nào mang mã H99.99.' }] })],
    ['GET', '/agencies/:id', ({ id }) => find(s.agencies, id)],
    ['PATCH', '/agencies/:id', ({ id, body }) => Object.assign(find(s.agencies, id), body)],
    ...cascadeRoutes(down, s, { page, find, changed, refuse: (...why) => { throw new Refusal(...why); } }),
    ['GET', '/rollup/page', ({ query }) => world.rollupPage(query, fresh)],
    ['GET', '/rollup/form', () => s.form],
    ['POST', '/rollup/form', ({ query, body }) => {
      if (!body.length) throw new Refusal(422, 'Mẫu không điền được', 'Tệp rỗng.');
      s.form = { name: query.get('name'), bytes: body.length, at: Date.now() };
      return { name: s.form.name, bytes: s.form.bytes };
    }],
    ['POST', '/reminders', () => ({ job: job('remind', 'Nhắc việc', 800, () => changed('reminders')) })],
    ['GET', '/dispatches/:id/pages', () => ({ items: [] })],
    ['GET', '/dispatches/:id/pages/:page/words', () => ({ words: [0, 4, 1200, 800, 1900, 950] })],
    ['GET', '/rollup', () => (fresh ? { at: world.today, sentence: 'Chưa giao văn bản nào.', agencies: [], dispatches: [], cells: [], trend: [], latest: [], late: [] } : world.rollup())],
    ['POST', '/results', () => ({ job: job('results', 'Kiểm tra niêm phong', 1500, () => changed('assessments')) })],
    ['GET', '/jobs', ({ query }) => page(s.jobs, query, [])],
    ['GET', '/jobs/:id', ({ id }) => find(s.jobs, id)],
    ['POST', '/jobs/:id/cancel', ({ id }) => { const j = Object.assign(find(s.jobs, id), { state: 'cancelled' }); bus.send('job', j); return j; }],
    ['GET', '/audit', ({ query }) => page(world.auditRows(), query, ['who', 'what'])],
    ['GET', '/users', ({ query }) => page(s.users, query, ['name'])],
    ['POST', '/users', ({ body }) => { const u = { ...world.people()[1], ...body, id: String(s.users.length + 1), last_at: null, password: 'Tam-Thoi-2026' }; s.users.push(u); return u; }],
    ['PATCH', '/users/:id', ({ id, body }) => Object.assign(find(s.users, id), body)],
    ['GET', '/tokens', ({ query }) => page(s.tokens, query, [])],
    ['POST', '/tokens', ({ body }) => { const k = { id: String(s.tokens.length + 1), made_at: Date.now(), last_at: null, ...body }; s.tokens.push(k); return { ...k, secret: 'khien_dev_0123456789' }; }],
    ['DELETE', '/tokens/:id', ({ id }) => ((s.tokens = s.tokens.filter((k) => k.id !== id)), null)],
    ['GET', '/agents', ({ query }) => page(world.agents(), query, ['name'])],
    ['GET', '/enrolments', ({ query }) => page(s.enrolments, query, [])],
    ['DELETE', '/enrolments/:id', ({ id }) => ((s.enrolments = s.enrolments.filter((e) => e.id !== id)), null)],
    ['PATCH', '/agents/:id', ({ id, body }) => ({ ...find(world.agents(), id), ...body })],
    ['POST', '/enrolments', ({ body }) => ({ id: '1', ...body, until: Date.now(), secret: 'ghi-danh-0123456789abcdef' })],
    ['GET', '/settings', () => s.settings],
    ['PUT', '/settings', ({ body }) => ((s.settings = body), body)],
    ['POST', '/backup', () => ({ job: job('backup', 'Sao lưu', 1000, () => null) })],
    ['GET', '/backups', ({ query }) => page([{ name: 'khien-2026-11-29.tar.gz', made_at: Date.parse('2026-11-29T01:00:00Z'), bytes: 4_200_000 }], query, [])],
    ...filesOnly.map(([method, path]) => [method, path, () => { throw new Refusal(503, 'Máy chủ tạm không lập tệp'); }]),
    ['GET', '/openapi.json', () => described(routes)],
  ];
  return routes;
}

// Answers that are files: described, not played.
const filesOnly = [
  ['GET', '/dispatches/:id/pages/:page'],
  ['GET', '/dispatches/:id/file'], ['GET', '/dispatches/:id/answer'], ['POST', '/dispatches/:id/urge'], ['GET', '/assessments/:id/file'],
  ['GET', '/assessments/:id/report'], ['GET', '/rollup/report'], ['GET', '/rollup/export'], ['GET', '/templates/:register'], ['GET', '/events'],
];

function described(routes) {
  const paths = {};
  for (const [method, path] of routes) {
    const name = path.replace(/:(\w+)/g, '{$1}');
    (paths[name] ??= {})[method.toLowerCase()] = method === 'GET' ? { parameters: [{ name: 'q', in: 'query' }] } : {};
  }
  return { openapi: '3.1.0', paths };
}
