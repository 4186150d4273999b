// What a person types is kept while the page reads again; only a thing that really changed on the
// server takes its place.

/** A function that is true the first time and whenever the thing differs from the last one. */
export function changedSince(): (thing: unknown) => boolean {
  let last: string | null = null;
  return (thing) => {
    const now = JSON.stringify(thing);
    if (now === last) return false;
    last = now;
    return true;
  };
}
