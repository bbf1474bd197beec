import type { BlobCache } from '../github/blob-cache.ts';
import type { AnalysisThreads } from '../jobs/analysis-pool.ts';
import type { Log } from '../jobs/log.ts';
import type { Queue } from '../jobs/queue.ts';
import type { IdentitySource } from './app-identity.ts';
import type { InstallationClients } from './installation-clients.ts';
import type { SharedConfigurations } from './shared-configurations.ts';
import type { Work } from './work.ts';
import type { WorkMetrics } from './work-metrics.ts';

/** What jobs are done with. */
export interface Workshop {
  readonly clients: InstallationClients;
  readonly identity: IdentitySource;
  readonly cache: BlobCache;
  readonly threads: AnalysisThreads;
  readonly queue: Queue<Work>;
  readonly shared: SharedConfigurations;
  readonly metrics: WorkMetrics;
  readonly log: Log;
}
