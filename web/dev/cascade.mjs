// What the stand-in server says of a dispatch's way down and back: groups, chain, answer, extensions,
// reminders, the reply of an enterprise.
import { hour, today } from './world.mjs';

const now = Date.parse(`${today}T07:03:00Z`);
const reminder = (id, name, kind, channel, delivery, more = {}) => ({
  id: String(id), agency: { id: String(9 + id), name }, dispatch: { id: '4', number: '2044/UBND-KGVX' }, kind, due_on: '2026-12-01',
  made_at: now - id * 5 * hour, made_by: kind === 'urge' ? 'Bùi Xuân Nghĩa' : null, channel, delivery, detail: null, text: `Công văn 2044/UBND-KGVX đến hạn ngày 01/12/2026. Đề nghị ${name} hoàn thành và gửi kết quả.`, ...more,
});

export function cascade() {
  return {
    groups: [
      { id: '1', name: 'Các sở, ban, ngành tỉnh', agencies: 8, kinds: ['Sở'], agency_ids: [], without_ids: [] },
      { id: '2', name: 'UBND cấp xã', agencies: 12, kinds: ['UBND xã', 'UBND phường'], agency_ids: ['3'], without_ids: [] },
    ],
    answer: {
      state: 'signed', number: null, dated_on: null, submitted_at: now - 26 * hour, signed_by: 'Bùi Xuân Nghĩa', sent_on: null, sent_to: null, file: null, note: null,
      steps: [
        { state: 'draft', at: now - 50 * hour, by: 'Đỗ Thị Quỳnh Nga', note: null },
        { state: 'submitted', at: now - 26 * hour, by: 'Đỗ Thị Quỳnh Nga', note: 'Kèm phụ lục danh sách máy.' },
        { state: 'signed', at: now - 3 * hour, by: 'Đoàn Thị Ngọc Ánh', note: null },
      ],
    },
    extensions: [
      { id: '1', dispatch: { id: '4', number: '2044/UBND-KGVX' }, agency: { id: '12', name: 'UBND xã Kỳ Ngữ' }, due_on_old: '2026-12-01', due_on: '2026-12-20', reason: 'Máy chủ đang bảo hành, nhà cung cấp hẹn trả ngày 15/12/2026.', state: 'asked', asked_by: 'Lường Thị Ửng', asked_at: now - 20 * hour, decided_by: null, note: null },
      { id: '2', dispatch: { id: '3', number: '77/CAT-PA05' }, agency: { id: '14', name: 'UBND xã Bình Lẫm' }, due_on_old: '2026-11-20', due_on: '2026-11-25', reason: 'Cán bộ phụ trách đi tập huấn.', state: 'refused', asked_by: 'Quách Công Lẫm', asked_at: now - 300 * hour, decided_by: 'Bùi Xuân Nghĩa', note: 'Việc làm được trong một buổi.' },
    ],
    reminders: [
      reminder(1, 'UBND xã Vĩnh Hậu', 'before', 'mail', 'sent'),
      reminder(2, 'UBND xã Hòa Hưởng', 'after', 'mail', 'failed', { detail: 'Hộp thư dv11@lamgiang.example không nhận: đầy.' }),
      reminder(3, 'UBND xã Kỳ Ngữ', 'urge', 'paper', 'waiting'),
      reminder(4, 'UBND xã Nghĩa Hưởng', 'escalation', 'mail', 'sent'),
    ],
    chain: {
      nodes: [
        { id: 'd1', dispatch_id: '1', number: '128/SKHCN-CĐS', subject: 'V/v tăng cường bảo đảm an toàn thông tin trong quản lý tài khoản và máy tính', issued_on: '2026-10-05', here: true },
        { id: 'd3', dispatch_id: '3', number: '77/CAT-PA05', subject: 'V/v phòng ngừa lộ, lọt tài khoản của cơ quan nhà nước', issued_on: '2026-09-28', here: true },
        { id: 'd4', dispatch_id: '4', number: '2044/UBND-KGVX', subject: 'V/v hồ sơ cấp độ an toàn hệ thống thông tin', issued_on: '2026-08-14', here: true },
        { id: 'x1', dispatch_id: null, number: '14/CT-TTg', subject: null, issued_on: '2019-06-07', here: false },
        { id: 'd2', dispatch_id: '2', number: '156/SKHCN-CĐS', subject: 'V/v khắc phục lỗ hổng bảo mật tháng 11', issued_on: '2026-11-12', here: true },
      ],
      edges: [{ from: 'd1', to: 'd3' }, { from: 'd1', to: 'd4' }, { from: 'd4', to: 'x1' }, { from: 'd3', to: 'x1' }, { from: 'd2', to: 'd1' }],
    },
    reply: {
      agency: { name: 'Công ty TNHH Hạ tầng số Mẫu' },
      dispatch: { number: '2044/UBND-KGVX', subject: 'V/v hồ sơ cấp độ an toàn hệ thống thông tin', issuer: 'UBND tỉnh Lam Giang', issued_on: '2026-08-14', due_on: '2026-12-31' },
      tasks: [
        { id: '1', cite: 'Mục 3', text: '3. Doanh nghiệp cung cấp dịch vụ lưu trữ cung cấp sơ đồ kết nối, danh sách máy chủ đang vận hành.', progress: 'not_started', note: null },
        { id: '2', cite: 'Mục 4', text: '4. Cập nhật bản vá cho các máy chủ do doanh nghiệp vận hành.', progress: 'doing', note: null },
      ],
      file: null, answered_at: null, until: now + 200 * hour,
    },
  };
}

/** Routes over `state` (what cascade() gave) and `s` (the agencies); `tools` are those of routes.mjs. */
export function cascadeRoutes(state, s, { page, find, refuse, changed }) {
  const members = (group) =>
    s.agencies.filter((a) => (group.kinds.includes(a.kind) || group.agency_ids.includes(a.id)) && !group.without_ids.includes(a.id));
  const move = (answer, body) => {
    Object.assign(answer, body);
    answer.steps.push({ state: answer.state, at: Date.now(), by: 'Đỗ Thị Quỳnh Nga', note: body.note ?? null });
    return answer;
  };
  return [
    ['GET', '/groups', () => state.groups.map((g) => ({ ...g, agencies: members(g).length }))],
    ['POST', '/groups', ({ body }) => {
      const group = { id: String(state.groups.length + 1), agencies: 0, ...body };
      state.groups.push(group);
      return group;
    }],
    ['PUT', '/groups/:id', ({ id, body }) => Object.assign(find(state.groups, id), body)],
    ['DELETE', '/groups/:id', ({ id }) => ((state.groups = state.groups.filter((g) => g.id !== id)), null)],
    ['GET', '/groups/:id/agencies', ({ id, query }) => page(members(find(state.groups, id)), query, ['name'])],
    ['GET', '/dispatches/:id/chain', () => state.chain],
    ['GET', '/dispatches/:id/answer_state', () => state.answer],
    ['PATCH', '/dispatches/:id/answer_state', ({ body }) => move(state.answer, body)],
    ['POST', '/dispatches/:id/answer_state/file', ({ query }) => Object.assign(state.answer, { file: query.get('name') })],
    ['POST', '/dispatches/:id/extension', ({ body }) => {
      const e = { ...state.extensions[0], id: String(state.extensions.length + 1), state: 'asked', ...body };
      state.extensions.unshift(e);
      return e;
    }],
    ['GET', '/extensions', ({ query }) => page(state.extensions, query, [])],
    ['POST', '/extensions/:id/decision', ({ id, body }) => {
      changed('extensions');
      return Object.assign(find(state.extensions, id), { state: body.approve ? 'approved' : 'refused', note: body.note, decided_by: 'Bùi Xuân Nghĩa' });
    }],
    ['GET', '/reminders', ({ query }) => page(state.reminders.filter((r) => !query.get('state') || r.delivery === query.get('state')), query, [])],
    ['DELETE', '/dispatches/:id/recipients/:agency', ({ agency }) => ((state.recalled = [...(state.recalled ?? []), agency]), null)],
    ['POST', '/dispatches/:id/recipients/:agency/link', () => ({ url: '/reply#thu-0123456789', until: '2026-12-31' })],
    ['GET', '/dispatches/:id/recipients/:agency/replies', () => ({ items: [{ id: '1', at: now - hour, by: 'Lý Gia Mẫu, Giám đốc kỹ thuật', text: 'Đã cập nhật bản vá cho 12 máy chủ.', file: 'danh-sach.xlsx' }] })],
    ['POST', '/dispatches/:id/register', () => ({ received_no: '1150', received_on: today })],
    ['POST', '/calendar', () => ({ path: '/api/v1/calendar/lich-0123456789.ics' })],
    ['DELETE', '/calendar', () => null],
    ['GET', '/reply/:token', ({ token }) => (token === 'sai' ? refuse(404, 'Liên kết không dùng được', 'Liên kết đã hết hạn hoặc không đúng.') : state.reply)],
    ['POST', '/reply/:token', ({ body }) => {
      if (!body.text) refuse(422, 'Chưa có nội dung trả lời');
      Object.assign(state.reply, { answered_at: Date.now() });
      return state.reply;
    }],
    ['POST', '/reply/:token/file', () => null],
  ];
}
