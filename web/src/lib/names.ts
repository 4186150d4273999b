// Names that others chose: shown, never obeyed, never longer than a line can hold.

const orders = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** What would turn or hide the writing is written out: U+202E -> "⟨U+202E⟩". */
export function visible(text: string | null | undefined): string {
  return (text ?? '').replace(
    orders,
    (c) => `⟨U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );
}

/** At most `limit` characters, the rest told by "…". */
export function clipped(text: string | null | undefined, limit = 160): string {
  const whole = visible(text);
  return whole.length > limit ? `${whole.slice(0, limit - 1)}…` : whole;
}

/** A clause without its own bullet or number: "- Đổi mật khẩu" -> "Đổi mật khẩu". */
export function clause(text: string, limit = 160): string {
  return clipped(text.replace(/^\s*(?:[-–+•*]|\d+(?:\.\d+)*[.)]|[a-zđ]\))\s+/u, ''), limit);
}

/** A subject without "V/v". */
export function subject(text: string | null | undefined, limit = 160): string {
  return clipped(
    (text ?? '').replace(/^\s*(?:V\/v|Về việc)\s+/iu, '').replace(/^./u, (c) => c.toUpperCase()),
    limit,
  );
}

/** A word of a sentence as a heading: "chưa đạt" -> "Chưa đạt". */
export function capital(text: string): string {
  return text.replace(/^./u, (c) => c.toUpperCase());
}

/** A place in the middle of a sentence: "Mục 5" -> "mục 5". */
export function place(cite: string, limit = 80): string {
  return clipped(
    cite.replace(/^\p{Lu}(?=\p{Ll})/u, (c) => c.toLowerCase()),
    limit,
  );
}

/** Letters without marks, small: "Đổi mật khẩu" -> "doi mat khau". */
export function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();
}
