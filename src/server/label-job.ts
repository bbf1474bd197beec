import { isLabelToSkip } from '../review/review-settings.ts';
import { openWork, readSettings } from './open-work.ts';
import { keyOf, type LabelWork, type Work } from './work.ts';
import type { Workshop } from './workshop.ts';

/** Has a pull request reviewed again (or its check skipped) where a label that came or went decides about that. */
export async function labelJob(workshop: Workshop, work: LabelWork, signal: AbortSignal): Promise<void> {
  const { place, number, label } = work;
  const opened = await openWork(workshop, work, signal);
  if (!opened.pull.open) return;
  const { review } = await readSettings(workshop, work, opened, signal);
  if (!isLabelToSkip(label, review)) return;
  const next: Work = { kind: 'review', place, number };
  await workshop.queue.enqueue(keyOf(next), next);
}
