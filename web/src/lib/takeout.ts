// A list as a file of a spreadsheet: CSV as Excel reads it, or XLSX.
import type { Column, Plain } from './columns';

export type Cells = (Plain | undefined)[][];

export function cellsFrom<T>(rows: T[], columns: Column<T>[]): Cells {
  const kept = columns.filter((c) => c.plain);
  return [kept.map((c) => c.text), ...rows.map((row) => kept.map((c) => c.plain!(row)))];
}

/** A cell that a spreadsheet would take for a formula is written as the words it is. */
function csvCell(value: Plain | undefined): string {
  if (typeof value === 'number') return String(value);
  const text = (value ?? '').replace(/^[=+\-@\t\r]/, "'$&");
  return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/** With the mark of UTF-8, without which Excel shows letters with marks as rubbish. */
export function csvOf(cells: Cells): string {
  return `\ufeff${cells.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

const longestCell = 32_767;
const escaped = (text: string) =>
  text
    .slice(0, longestCell)
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    .replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]!);

function sheetOf(cells: Cells): string {
  const cell = (value: Plain | undefined, style: string) =>
    typeof value === 'number'
      ? `<c${style}><v>${value}</v></c>`
      : `<c t="inlineStr"${style}><is><t xml:space="preserve">${escaped(value ?? '')}</t></is></c>`;
  const rows = cells.map((row, i) => `<row>${row.map((v) => cell(v, i ? '' : ' s="1"')).join('')}</row>`);
  const widths = (cells[0] ?? []).map((_, j) => {
    const longest = Math.max(...cells.slice(0, 200).map((row) => String(row[j] ?? '').length));
    return `<col min="${j + 1}" max="${j + 1}" width="${Math.min(Math.max(longest + 2, 8), 60)}" customWidth="1"/>`;
  });
  return (
    `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>` +
    `<cols>${widths.join('')}</cols><sheetData>${rows.join('')}</sheetData></worksheet>`
  );
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The bytes of a workbook of one sheet; all words are words, none is a formula. */
export async function xlsxOf(cells: Cells, title: string): Promise<Uint8Array> {
  const { strToU8, zipSync } = await import('fflate');
  const name = escaped(title.replace(/[[\]:*?/\\']/g, ' ').slice(0, 31)).replace(/"/g, '&quot;');
  const parts: Record<string, string> = {
    '[Content_Types].xml': `${head}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${kind}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${kind}.styles+xml"/></Types>`,
    '_rels/.rels': `${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${name || '1'}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `${head}<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': sheetOf(cells),
  };
  return zipSync(Object.fromEntries(Object.entries(parts).map(([path, text]) => [path, strToU8(text)])));
}

export function save(bytes: BlobPart, type: string, name: string): void {
  const at = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement('a');
  link.href = at;
  link.download = name;
  link.click();
  URL.revokeObjectURL(at);
}
