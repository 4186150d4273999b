// The console without a browser: texts, small engines, sizes.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { textsOf } from '../../web/dev/texts.mjs';
import { check, equal, finish, run, web } from './harness.mjs';

const require = createRequire(`${web}package.json`);
const { IntlMessageFormat } = require('intl-messageformat');
const esbuild = require('esbuild');

function filesOf(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((e) =>
    e.isDirectory() ? filesOf(`${folder}/${e.name}`) : [`${folder}/${e.name}`],
  );
}
async function load(name) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [`${web}src/lib/${name}.ts`],
    bundle: true,
    format: 'esm',
    write: false,
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}
const hole = /\$\{(?:[^{}]|\{[^{}]*\})*\}/; // ${...} of a template, one level of braces inside
const patternOf = (id) =>
  new RegExp(
    `^${id
      .split(hole)
      .map((s) => s.replace(/[.]/g, '\\.'))
      .join('[a-zA-Z0-9_.]+')}$`,
  );
const sources = filesOf(`${web}src`).filter((f) => /\.(svelte|ts)$/.test(f));
const code = sources.map((f) => readFileSync(f, 'utf8')).join('\n');
const texts = textsOf('vi');

await run('every_text_that_a_page_names_exists', () => {
  const named = [...code.matchAll(/\bt\(\s*(?:'([^'\n]+)'|`([^`]+)`)/g)].map((m) => m[1] ?? m[2]);
  check(named.length > 400, `only ${named.length} texts found in the sources`);
  const known = Object.keys(texts).map((id) => id.replace(/^console\./, ''));
  const missing = named.filter((id) => !known.some((k) => patternOf(id).test(k)));
  equal(missing, [], 'texts that do not exist');
});

await run('no_text_lies_unused', () => {
  const words = [...code.matchAll(/'([a-z_]+\.[a-zA-Z0-9_.]+)'|`([a-z_]+\.[^`\s/]*(?:\$\{[^`]*)?)`/g)];
  const patterns = words.map((m) => patternOf(m[1] ?? m[2]));
  const unused = Object.keys(texts)
    .map((id) => id.replace(/^console\./, ''))
    .filter((id) => id.includes('.') && !patterns.some((p) => p.test(id)));
  equal(unused, [], 'texts that no page shows');
});

await run('every_pattern_formats_in_the_browser_s_own_reader', () => {
  for (const lang of ['vi', 'en']) {
    for (const [id, pattern] of Object.entries(textsOf(lang))) {
      try {
        new IntlMessageFormat(pattern, lang, undefined, { ignoreTag: true });
      } catch (error) {
        throw new Error(`${lang} ${id}: ${error.message}: ${pattern}`);
      }
    }
  }
});

await run('no_sentence_stands_in_a_source', () => {
  const vietnamese = sources.filter((f) =>
    /[ăâđêôơưĂÂĐÊÔƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/.test(
      readFileSync(f, 'utf8')
        .replace(/\/\/.*|\/\*[\s\S]*?\*\//g, '')
        .replace(/\/[^/\n]*\[[^\n]*\]\/[gui]*/g, '')
        .replace(/\.replace\([^\n]*/g, ''),
    ),
  );
  equal(
    vietnamese.map((f) => f.slice(web.length)),
    [],
    'sources with Vietnamese words',
  );
});

await run('a_range_copied_from_a_spreadsheet_becomes_cells', async () => {
  const { cellsOf } = await load('paste');
  equal(
    cellsOf('a\tb\r\nc\t\r\n'),
    [
      ['a', 'b'],
      ['c', ''],
    ],
    'plain cells',
  );
  equal(cellsOf('"hai\ndòng"\t"nói ""có"""\n'), [['hai\ndòng', 'nói "có"']], 'quoted cells');
  equal(cellsOf('"chưa đóng'), [['chưa đóng']], 'a quote that never ends');
});

await run('names_are_shown_and_never_obeyed', async () => {
  const { visible, clipped, folded, clause, place } = await load('names');
  equal(visible('a\u202Eb\u0000c'), 'a⟨U+202E⟩b⟨U+0000⟩c', 'orders');
  equal(clipped('x'.repeat(10_000), 20).length, 20, 'a long name');
  equal(folded('Đổi Mật khẩu Ữ Ặ'), 'doi mat khau u a', 'without marks');
  equal(clause('- Định kỳ 03 tháng'), 'Định kỳ 03 tháng', 'a bullet');
  equal(clause('2.1. Rà soát'), 'Rà soát', 'a number');
  equal(place('Mục 5'), 'mục 5', 'a place within a sentence');
});

await run('a_text_is_cut_into_pieces_that_lose_no_letter', async () => {
  const { linesOf, badges } = await load('spans');
  const text = 'Kính gửi:\n1. Một việc dài\nhai dòng.\nHết';
  const measure = (id, from, to, more = {}) => ({
    id,
    cite: 'Mục 1',
    span: [from, to],
    state: 'read',
    ...more,
  });
  const all = [measure('1', 10, 34), measure('2', 20, 25), measure('3', 35, 38, { state: 'dropped' })];
  const lines = linesOf(
    { text, sentences: [{ from: 35, to: 38, role: 'closing', role_name: 'câu kết', measure_id: null }] },
    all,
  );
  equal(lines.map((l) => l.pieces.map((p) => p.text).join('')).join('\n'), text, 'all letters');
  equal(
    lines
      .flatMap((l) => l.pieces)
      .filter((p) => p.first)
      .map((p) => p.measure.id),
    ['1'],
    'one badge a measure',
  );
  equal(lines[3].pieces[0].role, 'câu kết', 'the role of a sentence without a measure');
  equal([...badges(all).values()], ['1', '1.1', '1.2'], 'badges');
});

await run('a_measure_is_marked_line_by_line_on_a_page', async () => {
  const { leafWords, leafMarks } = await load('leaves');
  // Two lines of two words, the second line set right below, then a word of another measure.
  const words = leafWords([0, 3, 1000, 1000, 1500, 1100, 4, 7, 1600, 1000, 2100, 1100, 8, 11, 900, 1080, 1400, 1180, 12, 15, 1500, 1080, 2000, 1180, 20, 23, 1000, 5000, 1500, 5100], 14_000);
  const measure = { id: '1' };
  const [mark, ...more] = leafMarks(words, [{ from: 0, to: 15, measure }, { from: 16, to: 19, measure: { id: '2' } }, { from: 20, to: 23, measure: null }]);
  equal(more, [], 'marks of what is elsewhere or is no measure');
  equal(mark.lines.map((l) => [l.x, l.width]), [[1000, 1100], [900, 1100]], 'a box a line');
  equal([mark.lines[0].y, mark.lines[0].height], [1400, 140], 'heights in parts of the width');
});

await run('rows_are_put_in_the_order_of_a_column_and_empty_ones_come_last', async () => {
  const { sorted } = await load('columns');
  const columns = [
    { id: 'name', plain: (r) => r.name },
    { id: 'n', plain: (r) => r.n },
    { id: 'mark' },
  ];
  const rows = [
    { name: 'Ửng', n: 10 },
    { name: null, n: null },
    { name: 'Đông', n: 9 },
    { name: 'Dân', n: 100 },
    { name: 'Ánh', n: null },
  ];
  const names = (by) => sorted(rows, columns, by).map((r) => r.name);
  equal(names('name'), ['Ánh', 'Dân', 'Đông', 'Ửng', null], 'by the Vietnamese alphabet');
  equal(names('-name'), ['Ửng', 'Đông', 'Dân', 'Ánh', null], 'the other way, the empty one still last');
  equal(names('-n'), ['Dân', 'Ửng', 'Đông', null, 'Ánh'], 'numbers as numbers');
  equal(names('mark'), rows.map((r) => r.name), 'a column without a bare value orders nothing');
});

await run('a_list_taken_out_keeps_every_word_and_runs_no_formula', async () => {
  const { csvOf, cellsFrom, xlsxOf } = await load('takeout');
  const words = ['=HYPERLINK("http://x.test")', '+1', '-2', '@sum', 'a "b", c', 'hai\ndòng', 'Ẵ <&> \u0001\ud800'];
  const cells = cellsFrom(
    words.map((w, i) => ({ w, i })),
    [{ id: 'w', text: 'Chữ', plain: (r) => r.w }, { id: 'x', text: 'không' }, { id: 'i', text: 'Số', plain: (r) => r.i }],
  );
  equal(cells[0], ['Chữ', 'Số'], 'columns without a bare value are left out');
  const csv = csvOf(cells);
  equal(csv.codePointAt(0), 0xfeff, 'the mark of UTF-8');
  check(!/(^|[,\n])"?[=+@]/.test(csv) && !/\n"?-2/.test(csv), `a formula: ${csv}`);
  check(csv.includes('"a ""b"", c",4'), 'quotes');
  const folder = mkdtempSync(join(tmpdir(), 'khien-takeout-'));
  const file = join(folder, 'a.xlsx');
  writeFileSync(file, await xlsxOf(cells, 'Một [tên]: dài hơn ba mươi mốt chữ cái, có "nháy"'));
  const part = (name) => {
    const { stdout, status } = spawnSync('unzip', ['-p', file, name], { encoding: 'utf8' });
    equal(status, 0, `unzip ${name}`);
    const seen = spawnSync('xmllint', ['--noout', '-'], { input: stdout, encoding: 'utf8' });
    if (!seen.error) equal(seen.stderr, '', `${name} is no XML`);
    return stdout;
  };
  for (const name of ['xl/workbook.xml', 'xl/styles.xml', '_rels/.rels']) part(name);
  const sheet = part('xl/worksheets/sheet1.xml');
  check(!sheet.includes('<f>') && sheet.includes('=HYPERLINK'), 'a formula, or a word that is lost');
  check(sheet.includes('<v>6</v>') && sheet.includes('Ẵ &lt;&amp;&gt; \ufffd\ufffd'), 'numbers and letters');
  rmSync(folder, { recursive: true });
});

await run('a_chain_is_drawn_from_the_ground_up_even_when_it_is_a_circle', async () => {
  const { draw, twoLines } = await load('chain');
  const node = (id, issued_on) => ({ id, dispatch_id: id, number: id, subject: null, issued_on, here: true });
  const x = (drawn) => Object.fromEntries(drawn.nodes.map((p) => [p.node.id, p.x]));
  const line = draw({
    nodes: [node('c', '2026-03-01'), node('a', '2026-01-01'), node('b', '2026-02-01'), node('e', null)],
    edges: [{ from: 'c', to: 'b' }, { from: 'b', to: 'a' }, { from: 'c', to: 'a' }, { from: 'c', to: 'gone' }],
  });
  check(x(line).a < x(line).b && x(line).b < x(line).c, 'a ground stands left of what rests on it');
  equal(line.lines.length, 3, 'ties to papers that are not there are left out');
  const circle = draw({ nodes: [node('a'), node('b')], edges: [{ from: 'a', to: 'b' }, { from: 'b', to: 'a' }] });
  equal(circle.nodes.length, 2, 'papers of a circle');
  check(Number.isFinite(circle.width + circle.height), 'a size');
  equal(twoLines('một hai ba bốn năm', 8), ['một hai', 'ba bốn…'], 'two lines');
});

await run('findings_of_one_subject_are_one_row_with_the_gravest_first', async () => {
  const { subjectsOf } = await load('subjects');
  const f = (subject, result, severity, control_title) => ({ subject, result, severity, control_title });
  const all = subjectsOf([
    f('PC-02', 'unknown', 'critical', 'A'),
    f('PC-01', 'fail', 'low', 'A'),
    f('PC-01', 'fail', 'high', 'B'),
    f('', 'fail', 'high', 'B'),
  ]);
  equal(all, [
    { name: 'PC-01', controls: ['A', 'B'], fails: 2, unknowns: 0, worst: 'high' },
    { name: 'PC-02', controls: ['A'], fails: 0, unknowns: 1, worst: null },
  ], 'subjects; what is unknown has no gravity');
});

await run('the_built_console_is_at_most_250_kB_packed', () => {
  const dist = `${web}dist`;
  const bytes = filesOf(dist).map((f) =>
    f.endsWith('.woff2') ? statSync(f).size : gzipSync(readFileSync(f)).length,
  );
  const sum = bytes.reduce((a, b) => a + b, 0);
  check(sum > 50_000 && sum <= 250 * 1024, `${sum} bytes`);
  check(
    !/<script(?![^>]*\bsrc=)|<style|\bstyle=/.test(readFileSync(`${dist}/index.html`, 'utf8')),
    'index.html has something inline',
  );
});
finish();
