import { describeQueueContract } from '../../test/support/queue-contract.ts';
import { createMemoryQueue } from './memory-queue.ts';

describeQueueContract('memory', clock => createMemoryQueue(clock));
