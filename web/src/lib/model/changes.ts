// What the page "What has changed since" shows: figures of one outcome that are others now.
import type { Changes } from '../api/types';

export type FigureChange = Changes['changes'][number];

/** Everybody's, or those of one attribute's groups. */
export function changesOf({ changes }: Changes, stage: string, attribute: string | null): FigureChange[] {
  return changes.filter(({ now }) => {
    const names = Object.keys(now.slice);
    return now.stage === stage && (attribute === null ? names.length === 0 : names.length === 1 && names[0] === attribute);
  });
}

export function attributesOf({ changes }: Changes): string[] {
  return [...new Set(changes.flatMap(({ now }) => Object.keys(now.slice)))].sort();
}
