/** A webhook, ready to be sent any number of times. */
export interface Webhook {
  readonly event: string;
  readonly action: string | null;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly repositoryId: number | null;
  readonly installationId: number | null;
}

/** A webhook that was sent. */
export interface Delivery {
  readonly id: number;
  /** `X-GitHub-Delivery`: the same for all that repeat one. */
  readonly guid: string;
  readonly webhook: Webhook;
  readonly deliveredAt: Date;
  readonly isRedelivery: boolean;
  /** `null` when there was no answer in time, or no connection. */
  readonly status: number | null;
  /** What was answered, or why there was no answer. */
  readonly body: string;
  /** In milliseconds. */
  readonly duration: number;
}
