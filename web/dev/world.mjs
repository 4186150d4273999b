// The invented province: one office, or its centre with forty agencies. Kept in memory.
import { measures } from './dispatch.mjs';

export const hour = 3_600_000;
export const today = '2026-11-30';
const now = Date.parse('2026-11-30T07:03:00Z');
const counts = (met, partly_met, not_met, undetermined) => ({ met, partly_met, not_met, undetermined });

const dispatch = (id, number, subject, issuer, issued_on, due_on, days_left, state, verdicts, more = {}) => ({
  id, number, symbol: null, subject, issuer, issued_on, received_no: String(1140 + Number(id)), received_on: issued_on,
  due_on, days_left, state, problem: null, file_name: `cong-van-${id}.docx`, measures: 8, unsure: 0, mine: 7, verdicts, ...more,
});

export const hostile = [
  'bao-cao\u202Exslx.exe', '<script>alert(1)</script>.csv',
  `${'Phòng Ngựa Vằn Ẫ Ễ Ặ Ở Ỡ Ữ Ự Ỹ '.repeat(313).slice(0, 9996)}.csv`,
];

export function office() {
  return {
    name: 'Sở Nông nghiệp và Môi trường', parent_name: 'Ủy ban nhân dân tỉnh Lam Giang', place: 'Lam Giang', symbol: 'SNNMT',
    officer: { name: 'Đỗ Thị Quỳnh Nga', phone: '0900.000.510', mail: 'nga.dtq@nnmt.lamgiang.example' },
    signer: { capacity: 'KT. GIÁM ĐỐC', title: 'PHÓ GIÁM ĐỐC', name: 'Bùi Xuân Nghĩa' },
    kind: 'so', groups: ['so_ban_nganh'], applications: ['eDoc', 'Một cửa điện tử'], machines_total: 112,
  };
}

export function dispatches() {
  return [
    dispatch('1', '128/SKHCN-CĐS', 'V/v tăng cường bảo đảm an toàn thông tin trong quản lý tài khoản và máy tính', 'Sở Khoa học và Công nghệ', '2026-10-05', '2026-12-15', 15, 'unconfirmed', null, { unsure: 2 }),
    dispatch('2', '156/SKHCN-CĐS', 'V/v khắc phục lỗ hổng bảo mật tháng 11', 'Sở Khoa học và Công nghệ', '2026-11-12', '2026-11-30', 0, 'confirmed', counts(1, 0, 2, 0)),
    dispatch('3', '77/CAT-PA05', 'V/v phòng ngừa lộ, lọt tài khoản của cơ quan nhà nước', 'Công an tỉnh Lam Giang', '2026-09-28', '2026-11-20', -10, 'confirmed', counts(3, 1, 2, 1)),
    dispatch('4', '2044/UBND-KGVX', 'V/v hồ sơ cấp độ an toàn hệ thống thông tin', 'UBND tỉnh Lam Giang', '2026-08-14', '2026-12-31', 31, 'issued', counts(4, 1, 1, 1)),
    dispatch('5', null, null, null, null, null, null, 'failed', null, { problem: 'Tệp bao-cao.pdf bị mật khẩu bảo vệ, không mở được.', measures: 0, mine: 0, received_no: null }),
  ];
}

export function sources(withHostile = false) {
  const column = (heading, meaning, meaning_name) => ({ heading, meaning, meaning_name, examples_hidden: true });
  const accounts = [column('STT', null, null), column('Mã CB', 'person_id', 'Mã cán bộ'), column('Họ tên', 'person_name', 'Họ và tên'), column('Tên đăng nhập', 'login', 'Tên đăng nhập'), column('Ngày cập nhật', 'password_changed_on', 'Ngày đổi mật khẩu'), column('Tình trạng', 'state', 'Trạng thái')];
  const source = (id, name, type, type_name, certainty, rows, more = {}) => ({
    id, parent_id: null, settings: null, name, bytes: 38_000 + 9_000 * Number(id), received_at: now - Number(id) * hour, state: 'read', type, type_name,
    certainty, why: null, rows, application: null, problem: null, columns: [], ...more,
  });
  return [
    source('1', 'danh-sach-can-bo-2811.xlsx', 'staff', 'Danh sách cán bộ', 'sure', 412),
    source('2', 'Xuất tài khoản eDoc.xls', 'accounts', 'Danh sách tài khoản', 'sure', 409, { application: 'eDoc', columns: accounts }),
    source('3', 'tai-khoan-mot-cua.csv', 'accounts', 'Danh sách tài khoản', 'unsure', 397, { application: 'Một cửa điện tử', columns: accounts, why: 'Cột “Ngày cập nhật” không nói rõ là ngày gì.' }),
    source('4', 'ảnh màn hình.png', null, null, null, null, { state: 'unread', problem: 'Không nhận ra dạng số liệu nào trong tệp ảnh này; nạp tệp xuất từ chương trình thay cho ảnh chụp.' }),
    ...(withHostile ? hostile : []).map((name, i) => source(String(5 + i), name, 'accounts', 'Danh sách tài khoản', 'likely', 3, { columns: [column(name, null, null)] })),
  ];
}

export function settings() {
  return {
    password_months: 3, idle_minutes: 60, two_factor: false, network: false,
    reminders: { on: true, before: [7, 3, 1], again_days: 3, escalate_days: 10, quiet_from: 20, quiet_until: 7 },
    mail: { host: 'thu.lamgiang.example', port: 587, security: 'starttls', user: 'khien', sender: 'khien@lamgiang.example', authorities: '' },
    webhook: { url: '' },
    certificate: { days_left: 320, ends_at: now + 320 * 24 * hour, own: true, fingerprint: '9f2b'.repeat(16) },
  };
}

export const sourceTypes = [
  { type: 'mail_domain', name: 'Tên miền thư điện tử', meanings: [], asked: { reach: 'network', allowed: true, fields: [{ name: 'domain', title: 'Tên miền', type: 'string', input: 'line', required: true, minimum: null, maximum: null, example: 'lamgiang.example' }] } },
  { type: 'directory', name: 'Máy chủ thư mục, hỏi trực tiếp (LDAP, Active Directory)', meanings: [], asked: { reach: 'network', allowed: true, fields: [['url', 'Địa chỉ máy chủ', 'line'], ['password', 'Mật khẩu của tài khoản đọc', 'secret'], ['authorities', 'Chứng thư gốc của máy chủ, PEM', 'lines']].map(([name, title, input]) => ({ name, title, type: 'string', input, required: name === 'url', minimum: null, maximum: null, example: null })) } },
  { type: 'staff', name: 'Danh sách cán bộ', asked: null, meanings: [{ meaning: 'person_id', name: 'Mã cán bộ' }, { meaning: 'person_name', name: 'Họ và tên' }] },
  { type: 'accounts', name: 'Danh sách tài khoản', asked: null, meanings: [{ meaning: 'person_id', name: 'Mã cán bộ' }, { meaning: 'person_name', name: 'Họ và tên' }, { meaning: 'login', name: 'Tên đăng nhập' }, { meaning: 'password_changed_on', name: 'Ngày đổi mật khẩu' }, { meaning: 'state', name: 'Trạng thái' }] },
];

const own = { agency: { id: '2', name: 'Sở Nông nghiệp và Môi trường' }, made_by: 'here', seal: 'known', sealed_by: null, shared: false, refused: null };
export function assessments() {
  return [
    { id: '2', made_at: now, as_of: today, dispatches: 3, verdicts: counts(37, 5, 10, 4), sha256: '9f2b'.repeat(16), note: null, ...own },
    { id: '1', made_at: now - 14 * 24 * hour, as_of: '2026-11-16', dispatches: 3, verdicts: counts(31, 4, 15, 6), sha256: '41aa'.repeat(16), note: null, ...own },
  ];
}

const sentencesOf = [
  ['met', '405/412 người đã ký nhận phổ biến; yêu cầu từ 90%.', 0, 7, 405],
  ['not_met', '5/7 quy tắc cho phép mật khẩu ngắn hơn 12 ký tự.', 5, 0, 2],
  ['not_met', '58/1.218 tài khoản quá hạn đổi mật khẩu.', 58, 0, 1160],
  ['not_met', '11/1.218 tài khoản dùng chung; 2/104 máy lưu mật khẩu trong trình duyệt.', 13, 0, 1207],
  ['partly_met', '4 tài khoản của người nghỉ việc đã khóa, chưa xóa.', 4, 0, 405],
  ['not_met', '7/104 máy thiếu bản vá bảo mật; 8 máy chưa thu thập.', 7, 8, 97],
  ['undetermined', 'Sổ lịch trực chưa có ca từ 04/02/2027.', 0, 1, 0],
  ['undetermined', 'Báo cáo chưa gửi; đánh giá được khi vào sổ văn bản đi.', 0, 1, 0],
];

export function assessed() {
  const list = measures().map((m, i) => {
    const [verdict, sentence, fail, unknown, pass] = sentencesOf[i];
    return { id: m.id, cite: m.cite, text: m.text, verdict, sentence, kinds: m.kinds.map((k) => k.kind), findings: { fail, unknown, pass }, task: null };
  });
  return {
    ...assessments()[0],
    dispatches: [
      { dispatch_id: '1', number: '128/SKHCN-CĐS', subject: 'Tăng cường bảo đảm an toàn thông tin trong quản lý tài khoản và máy tính', verdicts: counts(1, 1, 4, 2), measures: list },
      { dispatch_id: '2', number: '156/SKHCN-CĐS', subject: 'Khắc phục lỗ hổng bảo mật tháng 11', verdicts: counts(1, 0, 1, 0), measures: [{ ...list[5], id: '21', cite: 'Mục 1' }, { ...list[0], id: '22', cite: 'Mục 2' }] },
    ],
    coverage: { machines: { seen: 104, total: 112 }, sources: sources().slice(0, 3).map((s) => ({ name: s.name, state: 'complete' })) },
  };
}

export function findings(withHostile = false) {
  const finding = (id, control, control_title, subject, observed, result, severity, fix = null) => ({
    id: String(id), control, control_title, subject, observed, result, reason: null, severity, fix, excepted: null,
    stricter: false, machine_id: { 'PC-TIEPDAN-03': '1', 'PC-KETOAN-02': '2', 'MAYCHU-BANDO': '3' }[subject] ?? null, account_id: /^nguoi\.dung\d+$/.test(subject) ? String(19 + Number(subject.slice(10))) : null,
  });
  const policy = ['account.password_policy', 'Độ dài mật khẩu tối thiểu'];
  const fixed = [
    finding(1, ...policy, 'PC-TIEPDAN-03', 'đang đặt 0, cần 12', 'fail', 'medium', 'Mở Command Prompt bằng quyền quản trị, chạy `net accounts /minpwlen:12`'),
    finding(2, ...policy, 'PC-KETOAN-02', 'đang đặt 12', 'pass', 'medium'),
    finding(3, ...policy, 'Miền nnmt.lamgiang', 'đang đặt 8, cần 12', 'fail', 'high', 'Trên máy chủ quản lý miền, mở PowerShell, chạy `Set-ADDefaultDomainPasswordPolicy -MinPasswordLength 12`'),
    finding(4, ...policy, 'MAYCHU-BANDO', 'đang đặt 9, cần 12', 'fail', 'medium', 'Chạy `sudo apt install libpam-pwquality`, đặt minlen = 12'),
    finding(5, ...policy, 'Một cửa điện tử', null, 'unknown', 'medium', 'Nạp tệp cấu hình mật khẩu của ứng dụng'),
    ...(withHostile ? [finding(6, ...policy, hostile[0], hostile[1], 'fail', 'low', 'Đổi tên tài khoản')] : []),
  ];
  const rest = Array.from({ length: 114 }, (_, i) =>
    finding(7 + i, 'account.password_rotation', 'Đổi mật khẩu định kỳ', `nguoi.dung${i + 1}`, `đổi lần cuối ${97 + i} ngày trước, cần trong 90 ngày`, 'fail', 'medium', 'Nhắc người dùng đổi mật khẩu'));
  return [...fixed, ...rest];
}

export function todayRows() {
  const why = (number, dispatch_id, measure_id, cite, text) => ({ number, dispatch_id, measure_id, cite, text });
  const row = (id, due_on, days_left, title, count, w, action, control, steps = {}) => ({
    id: String(id), due_on, days_left, title, count, why: w, severity: 'medium', action, control,
    steps: { windows: [], linux: [], general: [], ...steps },
  });
  const m = measures();
  return [
    row(1, '2026-11-20', -10, 'Đổi mật khẩu 3 hộp thư công vụ có trong danh sách lộ, lọt', 3, why('77/CAT-PA05', '3', '2', 'mục 2', 'Đổi ngay mật khẩu các hộp thư có trong danh sách kèm theo.'), 'fix', 'account.leaked', { general: ['Báo 3 người có tên trong danh sách đổi mật khẩu ngay hôm nay.', 'Bật xác thực hai lớp cho các hộp thư đó.'] }),
    row(2, '2026-11-30', 0, 'Cài bản vá tháng 11 cho 7 máy còn thiếu', 7, why('156/SKHCN-CĐS', '2', '1', 'mục 1', 'Cập nhật bản vá tháng 11 cho toàn bộ máy trạm, máy chủ.'), 'fix', 'host.patches', { windows: ['Mở Windows Update rồi bấm kiểm tra bản cập nhật, hoặc chạy `usoclient StartInteractiveScan`', 'Khởi động lại máy.'], linux: ['Chạy `sudo apt update && sudo apt full-upgrade`'] }),
    row(3, '2026-12-15', 15, 'Xem lại 2 chỗ chưa chắc rồi xác nhận công văn mới', 2, why('128/SKHCN-CĐS', '1', null, '8 nội dung', 'Nhận ngày 06/10, chưa xác nhận.'), 'confirm', null),
    row(4, '2026-12-15', 15, 'Nâng độ dài mật khẩu tối thiểu lên 12 ký tự ở 3 nơi', 3, why('128/SKHCN-CĐS', '1', '2', m[1].cite, m[1].text), 'fix', 'account.password_policy', { windows: ['Máy không vào miền: mở Command Prompt bằng quyền quản trị, chạy `net accounts /minpwlen:12`', 'Miền: trên máy chủ quản lý miền, mở PowerShell, chạy `Set-ADDefaultDomainPasswordPolicy -Identity nnmt.lamgiang -MinPasswordLength 12`'], linux: ['Chạy `sudo apt install libpam-pwquality`', "Chạy `echo 'minlen = 12' | sudo tee /etc/security/pwquality.conf.d/khien.conf`"] }),
    row(5, '2026-12-15', 15, 'Nạp danh sách tài khoản của ứng dụng Thư công vụ', 1, why('128/SKHCN-CĐS', '1', '4', m[3].cite, m[3].text), 'supply', null),
    row(6, '2026-12-15', 15, 'Ghi xác nhận đã báo cáo kết quả', 1, why('128/SKHCN-CĐS', '1', '8', 'mục 5', m[7].text), 'attest', null),
  ];
}

export function tasks() {
  const progress = ['doing', 'not_started', 'done', 'returned', 'accepted'];
  const verdict = ['not_met', 'undetermined', 'met', 'partly_met', 'met'];
  return measures().slice(0, 5).map((m, i) => ({
    id: String(i + 1), dispatch_id: '1', measure_id: m.id, cite: `128/SKHCN-CĐS, ${m.cite}`, title: m.text, agency: { id: '2', name: 'Sở Nông nghiệp và Môi trường' },
    person: i % 2 ? null : 'Đỗ Thị Quỳnh Nga', due_on: i ? '2026-12-15' : '2026-11-25', days_left: i ? 15 : -5, progress: progress[i], verdict: verdict[i], note: null,
  }));
}

const communes = ['Vĩnh Hậu', 'Hòa Hưởng', 'Kỳ Ngữ', 'Nghĩa Hưởng', 'Bình Lẫm', 'Tân Ửng', 'An Thưởng', 'Phước Mỹ', 'Long Sĩ', 'Đông Ngữ', 'Thạnh Quới', 'Mỹ Ẩn'];
const departments = ['Nông nghiệp và Môi trường', 'Xây dựng', 'Tài chính', 'Nội vụ', 'Tư pháp', 'Y tế', 'Công Thương', 'Dân tộc và Tôn giáo'];

export function agencies() {
  const agency = (id, name, kind, more = {}) => ({
    id: String(id), code: `H99.${String(id).padStart(2, '0')}`, name, kind, parent_id: '1', valid_from: '2025-07-01', valid_to: null,
    successor_id: null, contact: { name: 'Lý Gia Mẫu', phone: `0900.000.${500 + id}`, mail: `dv${id}@lamgiang.example` }, children: 0, ...more,
  });
  return [
    agency(1, 'Ủy ban nhân dân tỉnh Lam Giang', 'UBND tỉnh', { parent_id: null, children: 20 }),
    ...departments.map((d, i) => agency(2 + i, `Sở ${d}`, 'Sở')),
    ...communes.map((c, i) => agency(10 + i, `UBND xã ${c}`, 'UBND xã', i === 11 ? { valid_to: '2026-06-30', successor_id: '20' } : {})),
  ];
}

export function rollup() {
  const list = agencies().slice(1);
  const heads = [...dispatches().slice(0, 4), dispatch('6', '93/CAT-PA05', 'V/v cảnh báo giấy mời giả', 'Công an tỉnh', '2026-11-02', '2026-11-27', -3, 'issued', null)];
  const kinds = ['met', 'met', 'met', 'partly_met', 'not_met', 'met', 'undetermined'];
  const cells = list.map((_, i) => heads.map((_d, j) => {
    const k = (i * 5 + j * 3) % 11;
    if (k === 9) return null;
    if (k === 8) return { verdict: null, progress: 'doing', late: false, coverage: null };
    const verdict = kinds[k % 7];
    return { verdict, progress: 'done', late: verdict === 'not_met' && (i + j) % 2 === 0, coverage: 0.55 + ((i * 7 + j) % 9) / 20 };
  }));
  return {
    at: today,
    sentence: '12/20 cơ quan đạt mọi nội dung của văn bản đã đến hạn; 4 cơ quan quá hạn, lâu nhất 10 ngày; 9 nội dung chưa đủ căn cứ đánh giá.',
    agencies: list.map((a) => ({ id: a.id, name: a.name })),
    dispatches: heads.map((d) => ({ id: d.id, number: d.number, subject: d.subject })),
    cells,
    trend: Array.from({ length: 12 }, (_, i) => ({ week: new Date(now - (11 - i) * 7 * 24 * hour).toISOString().slice(0, 10), not_met: 34 - i * 2, undetermined: 9 - (i % 5) })),
    latest: list.slice(0, 3).map((a) => ({ id: a.id, name: a.name, verdicts: counts(5, 1, 1, 0) })),
    late: list.slice(8, 12).map((a, i) => ({ id: a.id, name: a.name, days: 10 - 2 * i, dispatches: 2 - (i % 2) })),
  };
}

const plain = (s) => String(s ?? '').normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();

/** Rows and columns of the roll-up, with what each row adds up to. */
export function rollupPage(query, fresh) {
  const nothing = { at: today, sentence: 'Chưa giao văn bản nào.', agencies: [], dispatches: [], cells: [], trend: [], latest: [], late: [] };
  const all = fresh ? nothing : rollup();
  const from = Number(query.get('column') ?? 0);
  const to = from + Number(query.get('columns') ?? 8);
  const add = (list, pick) => list.reduce((n, x) => n + pick(x), 0);
  const rows = all.agencies.map((a, i) => {
    const cells = all.cells[i];
    const count = (v) => cells.filter((c) => c?.verdict === v).length;
    const covered = cells.filter((c) => c && c.coverage !== null);
    return {
      ...a, verdicts: counts(count('met'), count('partly_met'), count('not_met'), count('undetermined')), late: cells.filter((c) => c?.late).length,
      coverage: covered.length ? add(covered, (c) => c.coverage) / covered.length : null, cells: cells.slice(from, to),
    };
  }).filter((r) => plain(r.name).includes(plain(query.get('q'))));
  if (query.get('order') === 'worst') rows.sort((a, b) => b.late - a.late || b.verdicts.not_met - a.verdicts.not_met || b.verdicts.undetermined - a.verdicts.undetermined);
  const sum = (v) => add(rows, (r) => r.verdicts[v]);
  return {
    at: all.at, sentence: all.sentence, agencies: rows.length, late_agencies: rows.filter((r) => r.late).length,
    verdicts: counts(sum('met'), sum('partly_met'), sum('not_met'), sum('undetermined')),
    dispatches: all.dispatches, rows: rows.slice(0, Number(query.get('rows') ?? 50)), trend: all.trend, latest: all.latest, late: all.late,
  };
}

export function recipients() {
  return agencies().slice(1, 16).map((a, i) => ({
    agency: { id: a.id, name: a.name }, issued_at: now - 30 * 24 * hour, opened_at: i % 4 === 3 ? null : now - (29 - i) * 24 * hour,
    opened_by: i % 4 === 3 ? null : 'Văn thư', progress: { not_started: i % 3, doing: 2, done: 3, returned: 0, accepted: i % 2 },
    verdicts: i % 4 === 3 ? null : counts(4, 1, i % 3, 1), late: i % 5 === 3,
    dispatch_id: String(100 + i), issued_by: 'Bùi Xuân Nghĩa', due_on: '2026-12-01', note: null, enterprise: i === 14, replied_at: null,
  }));
}

export function registers() {
  const column = (id, title, type, required, choices = null, example = null) => ({ id, title, type, required, choices, example });
  const duty = {
    name: 'duty', title: 'Lịch trực', about: 'Mỗi dòng một ca của một người.',
    columns: [column('person', 'Người trực', 'text', true), column('phone', 'Điện thoại', 'text', false), column('from_at', 'Từ', 'date', true, null, '04/02/2027 06:00'), column('to_at', 'Đến', 'date', true), column('place', 'Nơi trực', 'choice', false, ['Phòng máy chủ', 'Trực từ xa']), column('stand_in', 'Người thay', 'text', false)],
    rows: ['Bùi Xuân Nghĩa', 'Lường Thị Ửng', 'Quách Công Lẫm', 'Đoàn Thị Ngọc Ánh'].map((p, i) => [p, `0900.000.51${i}`, `0${4 + i}/02/2027 06:00`, `0${4 + i}/02/2027 22:00`, 'Phòng máy chủ', '']),
  };
  const roles = {
    name: 'assignments', title: 'Phân công nhiệm vụ', about: 'Mỗi dòng một người được giao nhiệm vụ an toàn thông tin.',
    columns: [column('role', 'Vai trò', 'choice', true, ['Lãnh đạo phụ trách', 'Cán bộ phụ trách']), column('person', 'Họ và tên', 'text', true), column('decided_on', 'Ngày quyết định', 'date', false)],
    rows: [],
  };
  return [roles, duty];
}

export function people() {
  const user = (id, login, name, role) => ({ id, login, name, role, agency: { id: '2', name: 'Sở Nông nghiệp và Môi trường' }, way: 'password', active: true, otp: false, passkeys: id === '3' ? 2 : 0, last_at: now - Number(id) * hour });
  return [user('1', 'nga.dtq', 'Đỗ Thị Quỳnh Nga', 'admin'), user('2', 'anh.dtn', 'Đoàn Thị Ngọc Ánh', 'clerk'), user('3', 'nghia.bx', 'Bùi Xuân Nghĩa', 'leader')];
}

export function passkeys() {
  const key = (id, name, more = {}) => ({ id, name, host: 'khien.somau.test', here: false, alone: true, made_at: now - 40 * 24 * hour, used_at: now - 5 * hour, ...more });
  return [key('1', 'Khóa USB xanh'), key('2', 'Máy ở phòng', { host: '127.0.0.1', here: true, alone: false, used_at: null })];
}

export function agents() {
  const agent = (id, name, more = {}) => ({
    id, name, machine_id: `m${id}`, agency: { id: '2', name: 'Sở Nông nghiệp và Môi trường' }, version: '0.1.0', enrolled_at: now - 90 * 24 * hour,
    seen_at: now - Number(id) * 60_000, waiting: 0, facts_at: now - Number(id) * hour, certificate_until: now + 300 * 24 * hour, active: true, ...more,
  });
  return [agent('1', 'MAYCHU-BANDO'), agent('2', 'MAYCHU-THU', { waiting: 1 }), agent('3', 'PC-CU', { active: false, facts_at: null })];
}

export function auditRows() {
  return ['session.begin', 'dispatch.add', 'measure.change', 'assessment.add', 'session.end'].map((action, i) => ({
    id: String(5 - i), at: now - i * hour, who: 'nga.dtq', address: '127.0.0.1', action, what: ['Đăng nhập', 'Nạp văn bản', 'Sửa nội dung yêu cầu', 'Rà soát', 'Thoát'][i], place: i ? `dispatch ${i}` : null,
    detail: i === 2 ? { accepted: true } : {},
  }));
}

export function attestations() {
  return [
    { id: '1', kinds: ['awareness.dissemination'], control: null, statement: 'Đã phổ biến tại hội nghị ngày 12/10/2026, 405/412 người ký nhận.', by: 'Bùi Xuân Nghĩa', signed_on: '2026-10-15', valid_until: '2027-10-15', file: null, withdrawn_at: null },
    { id: '2', kinds: ['watch.duty'], control: null, statement: 'Đã trực 24/7 dịp Quốc khánh.', by: 'Đỗ Thị Quỳnh Nga', signed_on: '2026-09-03', valid_until: '2026-10-03', file: null, withdrawn_at: null },
  ];
}

export function exceptions() {
  return [{ id: '1', agency_id: '2', control: 'host.patches', control_title: 'Bản vá bảo mật', subject: 'MAYCHU-BANDO', reason: 'Phần mềm bản đồ chưa chạy được trên bản mới; nhà cung cấp hẹn tháng 01/2027.', until: '2027-01-31', state: 'asked', asked_by: 'Đỗ Thị Quỳnh Nga', decided_by: null, note: null }];
}
