// Names that others chose: shown, never obeyed, never longer than a line can hold.

const orders = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** What would turn or hide the writing is written out: U+202E -> "⟨U+202E⟩". */
export function visible(text: string | null | undefined): string {
  return (text ?? '').replace(orders, (c) => `⟨U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`);
}

/** At most `limit` characters, the rest told by "…". */
export function clipped(text: string | null | undefined, limit = 160): string {
  const whole = visible(text);
  return whole.length > limit ? `${whole.slice(0, limit - 1)}…` : whole;
}

/** Letters without marks, small: "Đổi mật khẩu" -> "doi mat khau". */
export function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();
}
