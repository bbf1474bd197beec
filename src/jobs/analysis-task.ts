import type { EngineSettings } from '../engine/settings.ts';
import type { SnapshotData } from '../project/snapshot-data.ts';
import type { AnalysedFile } from '../review/ports.ts';
import type { ModuleSignatures } from '../semantics/module-signatures.ts';

/** What an analysis thread is asked: plain data, it crosses threads. */
export interface AnalysisTask {
  /** `signatures`: only what other files depend on in it. */
  readonly ask: 'findings' | 'signatures';
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly settings: EngineSettings;
  /** See `FileToAnalyse.fixes`. */
  readonly fixes: boolean;
  /** The address under which each rule's page is, by its id; `null`: the pages in this project. */
  readonly pages: string | null;
  /** The repository's modules; `null`: the file stands alone. */
  readonly project: SnapshotData | null;
}

/** What it answers: `unusable` when it could not even make ready, which is nobody's file's fault. */
export type AnalysisAnswer =
  | { readonly kind: 'analysed'; readonly file: AnalysedFile }
  | { readonly kind: 'signatures'; readonly signatures: ModuleSignatures | null }
  | { readonly kind: 'unusable'; readonly message: string };
