// Which finding leads, and what the findings say about a group.
import type { Finding, Slice } from '../api/types';

export function sameSlice(a: Slice, b: Slice): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => name in b && a[name] === b[name]);
}

/** Alerts that are not the shadow of another finding. */
export function alertsOf(findings: readonly Finding[]): Finding[] {
  return findings.filter((finding) => finding.level === 'alert' && finding.explained_by === null);
}

/** What the overview leads with: the first alert, else the first sign worth watching. */
export function leadOf(findings: readonly Finding[]): Finding | null {
  return (
    alertsOf(findings)[0] ??
    findings.find((finding) => finding.level === 'watch' && finding.explained_by === null) ??
    null
  );
}

export type Verdict = 'fell' | 'rose' | 'watch' | 'follows' | 'usual';

/** What the findings say of one group's stage; "usual" where they say nothing. */
export function verdictOf(findings: readonly Finding[], stage: string, slice: Slice): Verdict {
  const own = findings.filter(
    (finding) => finding.kind === 'rate_shift' && finding.stage === stage && sameSlice(finding.slice, slice),
  );
  const alert = own.find((finding) => finding.level === 'alert' && finding.explained_by === null);
  if (alert !== undefined) return alert.direction === 'rise' ? 'rose' : 'fell';
  if (own.some((finding) => finding.explained_by !== null)) return 'follows';
  return own.length > 0 ? 'watch' : 'usual';
}

/** The finding that a group's page leads with. */
export function findingOf(findings: readonly Finding[], stage: string | null, slice: Slice): Finding | null {
  const own = findings.filter((finding) => sameSlice(finding.slice, slice));
  return own.find((finding) => finding.stage === stage && finding.kind === 'rate_shift') ?? own.find((finding) => finding.stage === stage) ?? null;
}
