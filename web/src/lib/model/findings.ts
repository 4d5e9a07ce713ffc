// Which finding leads, and what the findings say about a group.
import type { Finding, Slice } from '../api/types';
import type { Language } from '../text/texts';

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

/** What the findings say of everybody together. */
export function totalOf(findings: readonly Finding[], stage: string): Finding | null {
  return findings.find((finding) => finding.kind === 'rate_shift' && finding.stage === stage && Object.keys(finding.slice).length === 0) ?? null;
}

/** The problem of the data that makes a stage's latest figures doubtful. */
export function problemOf(findings: readonly Finding[], stage: string): Finding | null {
  return findings.find((finding) => finding.kind === 'data_problem' && finding.level === 'alert' && finding.stage === stage) ?? null;
}

/** The finding that a group's page leads with. */
export function findingOf(findings: readonly Finding[], stage: string | null, slice: Slice): Finding | null {
  const own = findings.filter((finding) => sameSlice(finding.slice, slice));
  return own.find((finding) => finding.stage === stage && finding.kind === 'rate_shift') ?? own.find((finding) => finding.stage === stage) ?? null;
}

/** Whether a finding has two confirmed figures that can be shown large. */
export function hasFigures(finding: Finding): boolean {
  return finding.kind === 'rate_shift' && finding.maturity === 'confirmed' && finding.before !== null && finding.after !== null;
}

/** The levels before a change and since, to be drawn through the days. */
export function levelsOf(finding: Finding): Levels | null {
  if (!hasFigures(finding) || finding.gradual || finding.before === null || finding.after === null) return null;
  return { before: finding.before, after: finding.after };
}
export interface Levels {
  before: number;
  after: number;
}

/**
 * The details that are left to say beside the large figures and the tags for how settled and how sure:
 * the sentence with the figures comes first, that with the certainty after it (and after "good news").
 */
export function otherDetails(finding: Finding, language: Language): string[] {
  const { details } = finding.message[language];
  if (!hasFigures(finding)) return details;
  const certainty = finding.explained_by !== null ? -1 : finding.worse === false ? 2 : 1;
  return details.filter((_, i) => i !== 0 && i !== certainty);
}

export interface FindingSection {
  level: Finding['level'];
  causes: { finding: Finding; follows: Finding[] }[];
}

/** By level, each cause with what follows from it; what follows from nothing listed stands alone. */
export function listFindings(findings: readonly Finding[]): FindingSection[] {
  const ids = new Set(findings.map(({ id }) => id));
  const causes = findings.filter(({ explained_by: cause }) => cause === null || !ids.has(cause));
  const rootOf = (finding: Finding, seen: readonly string[] = []): string => {
    const cause = findings.find(({ id }) => id === finding.explained_by);
    return cause === undefined || seen.includes(cause.id) ? finding.id : rootOf(cause, [...seen, finding.id]);
  };
  return (['alert', 'watch', 'info'] as const)
    .map((level) => ({
      level,
      causes: causes
        .filter((finding) => finding.level === level)
        .map((finding) => ({ finding, follows: findings.filter((other) => other !== finding && rootOf(other) === finding.id) })),
    }))
    .filter((section) => section.causes.length > 0);
}
