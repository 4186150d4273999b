// The console without a browser: texts, small engines, sizes.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
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
