// Machines and accounts of the invented office, for the stand-in server.
const at = (iso) => Date.parse(`${iso}T02:30:00Z`);

const machine = (id, host, more = {}) => ({
  id: String(id), host, state: 'seen', change: 'same', listed: true, unit: 'Văn phòng Sở', person: null, kind: 'workstation', os: 'Windows 10 Pro 22H2 10.0.19045.6456',
  os_support_ends_on: '2025-10-14', seen_at: at('2026-11-28'), way: 'bundle', patched_on: '2026-10-15', missed_update_on: null, pending_security_updates: 0,
  antivirus_read: true, antivirus: [{ product: 'Microsoft Defender Antivirus', active: true }], fails: 1, unknowns: 0, worst: 'high', ...more,
});

export function machines(hostile = null) {
  const fixed = [
    machine(1, 'PC-TIEPDAN-03', { change: 'worse', unit: 'Văn phòng Sở', person: 'Lê Thu Hà', os: 'Windows 7 Professional SP1', os_support_ends_on: '2020-01-14', patched_on: null, pending_security_updates: null, antivirus: [], fails: 5, unknowns: 1, worst: 'critical' }),
    machine(2, 'PC-KETOAN-02', { change: 'better', unit: 'Phòng Kế hoạch - Tài chính', person: 'Trần Văn Bình', os: 'Windows 11 Pro 24H2 10.0.26100.4349', os_support_ends_on: '2027-10-12', missed_update_on: '2026-08-11', pending_security_updates: null, antivirus: [{ product: 'Kaspersky Endpoint Security', active: true }], fails: 2 }),
    machine(3, 'MAYCHU-BANDO', { kind: 'server', unit: 'Trung tâm Thông tin', os: 'Debian GNU/Linux 12 (bookworm)', os_support_ends_on: '2028-06-30', way: 'agent', seen_at: at('2026-11-30'), pending_security_updates: 4, antivirus: [{ product: 'ClamAV', active: false }], fails: 2, worst: 'medium' }),
    machine(4, 'MAYCHU-TEP', { change: 'new', kind: 'server', unit: 'Trung tâm Thông tin', os: 'Microsoft Windows Server 2022 Standard', os_support_ends_on: '2031-10-14', way: 'list', patched_on: null, pending_security_updates: null, antivirus_read: false, antivirus: [], fails: 0, unknowns: 6, worst: null }),
    machine(5, 'PC-LANHDAO-04', { state: 'not_seen', change: null, unit: 'Ban Giám đốc', os: null, os_support_ends_on: null, seen_at: null, way: null, patched_on: null, pending_security_updates: null, antivirus_read: false, antivirus: [], fails: 0, unknowns: 9, worst: null }),
    machine(6, 'PC-CU-01', { state: 'not_seen', change: 'gone', listed: false, unit: null, fails: 0, worst: null, seen_at: at('2026-10-02') }),
    ...(hostile ? [machine(7, hostile[0], { person: hostile[1] })] : []),
  ];
  const rest = Array.from({ length: 104 }, (_, i) => machine(20 + i, `PC-PHONG-${String(i + 1).padStart(3, '0')}`, { fails: i % 3 ? 0 : 1, worst: i % 3 ? null : 'medium' }));
  return [...fixed, ...rest];
}

const account = (id, login, place, more = {}) => ({
  id: String(id), login, place, scope: 'application', name: null, unit: null, holder: 'known', privileged: false, shared: false, usable: true,
  last_login_at: at('2026-11-20'), never_logged_in: false, password_changed_at: at('2026-06-18'), fails: 1, unknowns: 0, worst: 'medium', ...more,
});

export function accounts(hostile = null) {
  const fixed = [
    account(1, 'anh.tk', 'Một cửa điện tử', { name: 'Trần Kim Anh', unit: 'Phòng Khoáng sản', holder: 'left', fails: 3, worst: 'critical', last_login_at: at('2026-11-25') }),
    account(2, 'quantri', 'MAYCHU-BANDO', { scope: 'host', holder: 'nobody', privileged: true, fails: 2, worst: 'high' }),
    account(3, 'quay01', 'Một cửa điện tử', { name: 'Quầy số 1', holder: 'nobody', shared: true, fails: 2, worst: 'high' }),
    account(4, 'ha.lt', 'Thư công vụ', { name: 'Lê Thu Hà', unit: 'Văn phòng Sở', last_login_at: null, never_logged_in: true, password_changed_at: null, fails: 1 }),
    account(5, 'binh.tv', 'TDOffice', { name: 'Trần Văn Bình', unit: 'Phòng Kế hoạch - Tài chính', holder: 'several', usable: false, fails: 0, unknowns: 1, worst: null }),
    ...(hostile ? [account(6, hostile[0], 'Thư công vụ', { name: hostile[1] })] : []),
  ];
  const rest = Array.from({ length: 230 }, (_, i) => account(20 + i, `nguoi.dung${i + 1}`, i % 2 ? 'TDOffice' : 'Thư công vụ', { name: `Người Dùng ${i + 1}`, unit: 'Văn phòng Sở', fails: i % 4 ? 0 : 1, worst: i % 4 ? null : 'medium' }));
  return [...fixed, ...rest];
}

const count = (rows, test) => rows.filter(test).length;

export function inventory(s) {
  const all = machines();
  const own = accounts();
  const places = [...new Set(own.map((a) => a.place))];
  return {
    kept: true, as_of: '2026-11-30', made_at: s.assessments[0]?.made_at ?? 0, expected: 112, before: '1',
    machines: { all: all.length, seen: count(all, (m) => m.state === 'seen'), not_seen: count(all, (m) => m.state !== 'seen'), faulty: count(all, (m) => m.fails), ...Object.fromEntries(['new', 'gone', 'better', 'worse'].map((c) => [c, count(all, (m) => m.change === c)])) },
    accounts: { all: own.length, faulty: count(own, (a) => a.fails), privileged: count(own, (a) => a.privileged), left: count(own, (a) => a.holder === 'left'), nobody: count(own, (a) => a.holder === 'nobody'), several: count(own, (a) => a.holder === 'several') },
    places: places.map((name) => ({ name, n: count(own, (a) => a.place === name) })),
    machine_faults: [{ control: 'host.security_updates', title: 'Bản vá bảo mật', n: 3 }, { control: 'account.password_policy', title: 'Độ dài mật khẩu tối thiểu', n: 2 }],
    account_faults: [{ control: 'account.password_rotation', title: 'Đổi mật khẩu định kỳ', n: 58 }, { control: 'account.leavers', title: 'Tài khoản của người đã nghỉ', n: 1 }],
  };
}

const said = (id, control, control_title, subject, observed, severity, fix, about) => ({
  id: String(id), control, control_title, subject, observed, result: 'fail', reason: null, severity, fix, excepted: null, stricter: false, machine_id: null, account_id: null, ...about,
});
const more = [
  said(901, 'account.leavers', 'Tài khoản của người đã nghỉ', 'Một cửa điện tử:anh.tk', 'nghỉ việc từ 01/07/2026, đăng nhập 25/11/2026', 'critical', 'Khóa tài khoản trên trang quản trị của ứng dụng.', { account_id: '1' }),
  said(902, 'account.password_rotation', 'Đổi mật khẩu định kỳ', 'Một cửa điện tử:anh.tk', 'đổi lần cuối 165 ngày trước, cần trong 90 ngày', 'medium', 'Nhắc người dùng đổi mật khẩu', { account_id: '1' }),
  said(903, 'host.os_supported', 'Hệ điều hành còn hỗ trợ', 'PC-TIEPDAN-03', 'Windows 7 Professional SP1, hết hỗ trợ từ 14/01/2020', 'critical', 'Nâng cấp lên Windows 11 hoặc thay máy.', { machine_id: '1' }),
  said(904, 'host.antivirus_active', 'Phần mềm phòng, chống mã độc', 'PC-TIEPDAN-03', 'không thấy phần mềm nào', 'high', 'Cài phần mềm phòng, chống mã độc của cơ quan.', { machine_id: '1' }),
];
const findingsOf = (world, hostile, kind, id) => [...more, ...world.findings(hostile)].filter((f) => f[kind] === id);

export function inventoryRoutes(s, { page, find, world, hostile }) {
  const byState = (query, own) => (row) => {
    const state = query.get('state');
    return !state || (state === 'faulty' ? row.fails > 0 : state === 'privileged' ? row.privileged : own.includes(state) ? row.state === state : row.change === state || row.holder === state);
  };
  return [
    ['GET', '/assessments/:id/inventory', () => inventory(s)],
    ['GET', '/assessments/:id/machines', ({ query }) => page(machines(hostile).filter(byState(query, ['seen', 'not_seen'])), query, ['host', 'unit', 'person'])],
    ['GET', '/assessments/:id/machines/:mid', ({ mid }) => {
      const m = find(machines(hostile), mid);
      return {
        ...m, inventory: 'TS-0013', role: m.kind, os_extended_support_ends_on: null, booted_at: m.seen_at && m.seen_at - 864e5, reboot_required: m.id === '1', package_lists_at: m.seen_at, update_source: 'maker', updates_resume_on: null, kb: m.patched_on && 'KB5990012', firewall: m.seen_at ? m.id !== '1' : null, encrypted: m.seen_at ? false : null, accounts: m.id === '3' ? 1 : 0,
        antivirus: m.antivirus.map((a) => ({ ...a, realtime: a.active, signatures_at: m.seen_at, licence_ends_on: null })),
        sources: m.way ? [{ way: m.way, name: m.host, at: m.seen_at, state: 'complete', key_known: m.way !== 'bundle' }, { way: 'list', name: 'danh-sach-diet-virus.xlsx', at: m.seen_at - 864e6, state: 'partial', key_known: false }] : [],
        before: m.change === 'new' ? null : { assessment_id: '1', id: mid }, findings: findingsOf(world, hostile, 'machine_id', mid),
      };
    }],
    ['GET', '/assessments/:id/accounts', ({ query }) => page(accounts(hostile).filter(byState(query, [])).filter((a) => !query.get('application') || a.place === query.get('application')), query, ['login', 'name', 'unit', 'place'])],
    ['GET', '/assessments/:id/accounts/:mid', ({ mid }) => {
      const a = find(accounts(hostile), mid);
      return {
        ...a, display_name: a.name, role: a.privileged ? 'sudo' : 'Chuyên viên', created_at: at('2024-03-04'), issued_at: null, enabled: a.usable, locked: a.usable === false, password_must_change: false, password_never_expires: a.privileged, password_not_required: false, mfa: null, join_basis: 'mail', source: 'tai-khoan-mot-cua.csv', at: at('2026-11-28'),
        person: a.holder === 'known' || a.holder === 'left' ? { full_name: a.name, unit: a.unit, title: 'Chuyên viên', status: a.holder === 'left' ? 'left' : 'working', status_on: a.holder === 'left' ? '2026-07-01' : null } : null,
        findings: findingsOf(world, hostile, 'account_id', mid),
      };
    }],
  ];
}
