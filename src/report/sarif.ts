import type { Location, Log, Notification, ReportingDescriptor, Result, Fix as SarifFix } from 'sarif';
import type { FileError, Finding, Fix, Region, Severity } from '../engine/finding.ts';
import { projectUrl } from '../engine/rule-page-url.ts';
import { type CheckReport, compareText, type RuleDescription } from './check-report.ts';
import { safeMarkdown } from './escape-markdown.ts';

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  advice: 'note',
};

/** The folder that all paths are relative to. */
const ROOT = '%SRCROOT%';

/**
 * The report in SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), as code scanning
 * reads it. Only rules with findings are listed. Columns count code points, as in the findings.
 */
export function sarifReport(report: CheckReport, rules: readonly RuleDescription[]): Log {
  const used = new Set(report.findings.map(finding => finding.rule));
  const listed = rules.filter(rule => used.has(rule.id)).toSorted((a, b) => compareText(a.id, b.id));
  const indexes = new Map(listed.map((rule, index) => [rule.id, index]));
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: report.tool.name,
            semanticVersion: report.tool.version,
            informationUri: projectUrl,
            rules: listed.map(ruleDescriptor),
          },
        },
        columnKind: 'unicodeCodePoints',
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: report.errors.map(notification),
          },
        ],
        results: report.findings.map(finding => result(finding, indexes.get(finding.rule))),
      },
    ],
  };
}

function ruleDescriptor(rule: RuleDescription): ReportingDescriptor {
  const text = `${rule.summary}${rule.url === '' ? '' : ` See ${rule.url}`}`;
  return {
    id: rule.id,
    name: rule.id.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: rule.summary },
    fullDescription: { text: rule.summary },
    ...(isAbsoluteUri(rule.url) ? { helpUri: rule.url } : {}),
    help: { text, markdown: rule.page ?? text },
    defaultConfiguration: { level: levels[rule.severity] },
    properties: { tags: ['async', rule.theme], codes: [...rule.codes] },
  };
}

function result(finding: Finding, ruleIndex: number | undefined): Result {
  const trace = finding.trace ?? [];
  return {
    ruleId: finding.rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: levels[finding.severity],
    message: {
      text: plain(`${finding.message} ${finding.help}`),
      markdown: safeMarkdown(`${finding.message} ${finding.help}`),
    },
    locations: [
      {
        ...locationOf(finding.path, regionOf(finding)),
        ...(finding.scope === '' ? {} : { logicalLocations: [{ fullyQualifiedName: finding.scope }] }),
      },
    ],
    partialFingerprints: { 'loopwarden/v1': finding.fingerprint },
    ...(trace.length === 0
      ? {}
      : {
          codeFlows: [
            {
              threadFlows: [
                {
                  locations: trace.map(step => ({
                    location: {
                      ...locationOf(step.path, { startLine: step.line }),
                      message: { text: plain(step.message) },
                    },
                  })),
                },
              ],
            },
          ],
        }),
    ...(finding.fix === undefined ? {} : { fixes: [fixOf(finding.path, finding.fix)] }),
    properties: { codes: [...finding.codes] },
  };
}

function fixOf(path: string, fix: Fix): SarifFix {
  return {
    description: { text: plain(fix.title) },
    artifactChanges: [
      {
        artifactLocation: artifactOf(path),
        replacements: fix.edits.map(edit => ({
          deletedRegion: regionOf(edit),
          insertedContent: { text: edit.text },
        })),
      },
    ],
    properties: { safety: fix.safety },
  };
}

function notification(error: FileError): Notification {
  return {
    // Not "error", which would say that the whole run failed.
    level: 'warning',
    message: { text: error.message },
    locations: [locationOf(error.path, { startLine: error.line })],
    descriptor: { id: error.kind },
  };
}

function locationOf(path: string, region: ReturnType<typeof regionOf> | { startLine: number }): Location {
  return { physicalLocation: { artifactLocation: artifactOf(path), region } };
}

function artifactOf(path: string): { uri: string; uriBaseId: string } {
  return { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: ROOT };
}

function regionOf(region: Region) {
  const { line, column, endLine, endColumn } = region;
  return { startLine: line, startColumn: column, endLine, endColumn };
}

/** Without the backticks of code spans. */
function plain(markdown: string): string {
  return markdown.replaceAll('`', '').trim();
}

function isAbsoluteUri(url: string): boolean {
  return /^[a-z][a-z0-9+.-]*:/i.test(url);
}
