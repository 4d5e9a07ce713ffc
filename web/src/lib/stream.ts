// Listens to what the program tells while it takes in new data. The browser comes back by itself
// when the connection breaks; a page that nobody looks at waits until it is looked at again.

/** The part of EventSource that is used; tests hand in their own. */
export interface Source {
  addEventListener(type: string, listener: () => void): void;
  close(): void;
}

/** Calls `heard` when there is something new. Returns what ends the listening. */
export function listen(
  address: string,
  heard: () => void,
  open: (address: string) => Source = (url) => new EventSource(url),
  page: Pick<Document, 'hidden' | 'addEventListener' | 'removeEventListener'> = document,
): () => void {
  const source = open(address);
  let missed = false;
  source.addEventListener('changed', () => {
    if (page.hidden) missed = true;
    else heard();
  });
  const look = (): void => {
    if (page.hidden || !missed) return;
    missed = false;
    heard();
  };
  page.addEventListener('visibilitychange', look);
  return () => {
    page.removeEventListener('visibilitychange', look);
    source.close();
  };
}
