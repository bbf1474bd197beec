import type { FileError, Finding, Severity } from '../engine/finding.ts';
import { ruleTitle } from './annotation.ts';
import { wordsWithChain } from './chain.ts';
import type { CheckReport } from './check-report.ts';
import { printable } from './printable.ts';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', advice: 'notice' };

/**
 * The report as workflow commands, one a line, which GitHub Actions shows as annotations
 * (https://docs.github.com/actions/reference/workflow-commands-for-github-actions#setting-an-error-message).
 */
export function githubCommands(report: CheckReport): string {
  const lines = [...report.findings.map(findingCommand), ...report.errors.map(errorCommand)];
  return lines.map(line => `${line}\n`).join('');
}

function findingCommand(finding: Finding): string {
  // Columns mean nothing on more than one line.
  const columns =
    finding.line === finding.endLine ? { col: finding.column, endColumn: finding.endColumn } : {};
  const properties = {
    file: finding.path,
    line: finding.line,
    endLine: finding.endLine,
    ...columns,
    title: ruleTitle(finding),
  };
  return command(commands[finding.severity], properties, wordsWithChain(finding));
}

function errorCommand(error: FileError): string {
  const title = `not looked at (${error.kind})`;
  return command('warning', { file: error.path, line: error.line, title }, error.message);
}

function command(
  name: string,
  properties: Readonly<Record<string, string | number>>,
  message: string,
): string {
  const written = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name} ${written.join(',')}::${escapeData(printable(message))}`;
}

/** As `escapeData` of https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
