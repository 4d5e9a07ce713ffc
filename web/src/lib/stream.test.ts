import { describe, expect, it } from 'vitest';
import { listen, type Source } from './stream';

function stage() {
  const told: (() => void)[] = [];
  const looked: (() => void)[] = [];
  let closed = false;
  let heard = 0;
  const page = {
    hidden: false,
    addEventListener: (_: string, listener: unknown) => looked.push(listener as () => void),
    removeEventListener: () => looked.splice(0),
  };
  const source: Source = { addEventListener: (type, listener) => type === 'changed' && told.push(listener), close: () => (closed = true) };
  const stop = listen('stream', () => (heard += 1), () => source, page as never);
  return {
    page,
    stop,
    tell: () => told.forEach((listener) => listener()),
    look: () => looked.forEach((listener) => listener()),
    heard: () => heard,
    closed: () => closed,
  };
}

describe('the stream', () => {
  it('asks anew when something changed', () => {
    const { tell, heard } = stage();
    tell();
    tell();
    expect(heard()).toBe(2);
  });

  it('waits while nobody looks, and asks once when somebody does', () => {
    const { page, tell, look, heard } = stage();
    page.hidden = true;
    tell();
    tell();
    look();
    expect(heard()).toBe(0);
    page.hidden = false;
    look();
    look();
    expect(heard()).toBe(1);
  });

  it('ends', () => {
    const { stop, look, closed } = stage();
    stop();
    look();
    expect(closed()).toBe(true);
  });
});
