import type { RestEndpointMethodTypes } from '@octokit/rest';

type Output = RestEndpointMethodTypes['checks']['create']['parameters']['output'];
type Annotation = NonNullable<NonNullable<Output>['annotations']>[number];

/** In bytes; in characters the schema says the same. */
const longestText = 65_535;
/** In bytes. */
const longestMessage = 64 * 1024;
const longestTitle = 255;

/** What GitHub refuses in a check run's output although it agrees with the schema. */
export function outputProblems(output: Output): string[] {
  if (output === undefined) return [];
  const texts = [
    ['summary', output.summary],
    ['text', output.text],
  ] as const;
  return [
    ...texts.flatMap(([name, text]) =>
      isLonger(text, longestText) ? [`"${name}" exceeds ${longestText} bytes.`] : [],
    ),
    ...(output.annotations ?? []).flatMap(annotationProblems),
  ];
}

function annotationProblems(annotation: Annotation, index: number): string[] {
  const { start_line: start, end_line: end, start_column: column, end_column: endColumn } = annotation;
  const hasColumns = column !== undefined || endColumn !== undefined;
  const problems = [
    start < 1 && '"start_line" must be at least 1.',
    end < start && '"end_line" must not be before "start_line".',
    hasColumns && start !== end && 'columns are only allowed when "start_line" and "end_line" are the same.',
    hasColumns && Math.min(column ?? 1, endColumn ?? 1) < 1 && 'columns count from 1.',
    (annotation.title ?? '').length > longestTitle && `"title" exceeds ${longestTitle} characters.`,
    isLonger(annotation.message, longestMessage) && '"message" exceeds 64 KB.',
    isLonger(annotation.raw_details, longestMessage) && '"raw_details" exceeds 64 KB.',
  ];
  return problems.filter(problem => problem !== false).map(problem => `annotations[${index}]: ${problem}`);
}

function isLonger(text: string | undefined, limit: number): boolean {
  return text !== undefined && Buffer.byteLength(text) > limit;
}
