// What a spreadsheet puts on the clipboard.

/** Cells of a copied range: rows by line, columns by tab; Excel quotes cells with line breaks. */
export function cellsOf(pasted: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const text = pasted.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  for (let i = 0; i < text.length; ++i) {
    const c = text[i]!;
    if (quoted) {
      if (c === '"' && text[i + 1] === '"') cell += text[i++ + 1];
      else if (c === '"') quoted = false;
      else cell += c;
    } else if (c === '"' && cell === '') quoted = true;
    else if (c === '\t' || c === '\n') {
      rows[rows.length - 1]!.push(cell.trim());
      cell = '';
      if (c === '\n') rows.push([]);
    } else cell += c;
  }
  rows[rows.length - 1]!.push(cell.trim());
  return rows;
}
