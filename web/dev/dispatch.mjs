// An invented dispatch of the invented province Lam Giang, with what was read in it.

const lines = [
  'UBND TỈNH LAM GIANG',
  'SỞ KHOA HỌC VÀ CÔNG NGHỆ',
  'Số: 128/SKHCN-CĐS',
  'V/v tăng cường bảo đảm an toàn thông tin trong quản lý tài khoản và máy tính',
  'Lam Giang, ngày 05 tháng 10 năm 2026',
  '',
  'Kính gửi:',
  '- Các sở, ban, ngành tỉnh;',
  '- UBND các xã, phường, đặc khu.',
  '',
  'Thực hiện Công văn số 77/CAT-PA05 ngày 28/9/2026 của Công an tỉnh Lam Giang về việc phòng ngừa lộ, lọt tài khoản của cơ quan nhà nước; Sở Khoa học và Công nghệ đề nghị Thủ trưởng các cơ quan, đơn vị thực hiện các nội dung sau:',
  '1. Quán triệt đến toàn thể cán bộ, công chức, viên chức quy định về sử dụng tài khoản:',
  '- Đổi mật khẩu ngay sau khi được cấp tài khoản; mật khẩu phải có ít nhất 12 ký tự, gồm chữ hoa, chữ thường, chữ số và ký tự đặc biệt.',
  '- Định kỳ 03 tháng thay đổi mật khẩu.',
  '- Không sử dụng chung tài khoản, mật khẩu; không lưu mật khẩu trên trình duyệt web.',
  '2. Giao cán bộ quản trị hệ thống rà soát, xóa tài khoản của người đã nghỉ việc, nghỉ hưu, chuyển công tác.',
  '3. Thường xuyên rà quét mã độc toàn bộ máy chủ, máy trạm; cập nhật kịp thời bản vá hệ điều hành, phần mềm.',
  '4. Tổ chức trực giám sát an toàn thông tin 24/7 trong dịp nghỉ Tết Nguyên đán Đinh Mùi.',
  '5. Báo cáo kết quả thực hiện về Sở Khoa học và Công nghệ trước ngày 15/12/2026.',
  'Trong quá trình thực hiện, nếu có vướng mắc, đề nghị liên hệ Phòng Chuyển đổi số, điện thoại 0200.000.128./.',
];
export const text = lines.join('\n');

const starts = lines.map((_, i) => lines.slice(0, i).reduce((n, l) => n + l.length + 1, 0));
const span = (i) => [starts[i], starts[i] + lines[i].length];

export const kinds = [
  ['awareness.dissemination', 'Tuyên truyền, phổ biến, nâng cao nhận thức', 'awareness', 'Nhận thức', []],
  ['account.password_policy', 'Yêu cầu về độ mạnh mật khẩu', 'account', 'Tài khoản', [['min_length', 'Độ dài tối thiểu', 'integer'], ['classes', 'Loại ký tự', 'list']]],
  ['account.password_rotation', 'Đổi mật khẩu định kỳ', 'account', 'Tài khoản', [['max_age', 'Thời hạn', 'period']]],
  ['account.shared', 'Không dùng chung tài khoản, mật khẩu', 'account', 'Tài khoản', []],
  ['account.leavers', 'Xử lý tài khoản người nghỉ việc, chuyển công tác', 'account', 'Tài khoản', []],
  ['host.malware_scan', 'Rà quét, gỡ bỏ mã độc', 'host', 'Máy tính', [['period', 'Chu kỳ', 'period'], ['licensed', 'Có bản quyền', 'flag']]],
  ['host.patching', 'Cập nhật bản vá', 'host', 'Máy tính', []],
  ['watch.duty', 'Trực bảo đảm an toàn thông tin', 'watch', 'Trực', [['coverage', 'Thời gian trực', 'text', ['24/7', '8/5']]]],
  ['report.result', 'Báo cáo kết quả thực hiện', 'report', 'Báo cáo', [['report_by', 'Trước ngày', 'date']]],
].map(([kind, name, family, family_name, parameters]) => ({
  kind, name, family, family_name,
  parameters: parameters.map(([id, n, type, choices]) => ({ id, name: n, type, value: null, text: null, ...(choices ? { choices: choices.map((c) => ({ value: c, name: c })) } : {}) })),
}));

function kindOf(kind, values = {}) {
  const info = kinds.find((k) => k.kind === kind);
  return {
    kind, name: info.name, confidence: 0.92, why: null,
    parameters: info.parameters.filter((p) => p.id in values).map((p) => ({ ...p, value: values[p.id], text: String(values[p.id]) })),
  };
}

const read = (id, line, cite, kindList, more = {}) => ({
  id, doc_id: id, title: false, cite, text: lines[line], span: span(line), obligation: 'should', actor: 'các cơ quan, đơn vị', mine: true,
  mine_why: null, due_on: null, kinds: kindList, unsure: false, unsure_why: null, state: 'read', ...more,
});

export function measures() {
  return [
    read('1', 11, 'Mục 1', [kindOf('awareness.dissemination')]),
    read('2', 12, 'Gạch đầu dòng thứ nhất, mục 1', [kindOf('account.password_policy', { min_length: 12 })], { obligation: 'must' }),
    read('3', 13, 'Gạch đầu dòng thứ hai, mục 1', [kindOf('account.password_rotation', { max_age: 'P3M' })]),
    read('4', 14, 'Gạch đầu dòng thứ ba, mục 1', [kindOf('account.shared')]),
    read('5', 15, 'Mục 2', [kindOf('account.leavers')], { unsure: true, unsure_why: '“Cán bộ quản trị hệ thống” có thể là người của từng cơ quan hoặc của Trung tâm Chuyển đổi số.', actor: 'cán bộ quản trị hệ thống' }),
    read('6', 16, 'Mục 3', [kindOf('host.malware_scan'), kindOf('host.patching')], { unsure: true, unsure_why: '“Thường xuyên” không nêu kỳ hạn; chưa rõ chu kỳ rà quét.' }),
    read('7', 17, 'Mục 4', [kindOf('watch.duty', { coverage: '24/7' })], { mine: false, mine_why: 'Trung tâm trực chung cho cả tỉnh theo Quyết định 15/QĐ-UBND.' }),
    read('8', 18, 'Mục 5', [kindOf('report.result', { report_by: '2026-12-15' })], { due_on: '2026-12-15' }),
  ];
}

export function sentences(all) {
  const role = { 10: ['background', 'bối cảnh'], 19: ['contact', 'liên hệ'] };
  const out = all.filter((m) => m.span).map((m) => ({ from: m.span[0], to: m.span[1], role: 'measure', role_name: 'nhiệm vụ', measure_id: m.id }));
  for (const [i, [name, title]] of Object.entries(role)) {
    out.push({ from: span(i)[0], to: span(i)[1], role: name, role_name: title, measure_id: null });
  }
  return out.sort((a, b) => a.from - b.from);
}
