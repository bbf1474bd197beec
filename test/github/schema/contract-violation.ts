/** A request, an answer or a webhook that GitHub's own published description does not allow, or that nobody serves here. */
export class ContractViolation extends Error {
  override readonly name = 'ContractViolation';
  /** The status to answer with: 501 for what is not served, 500 for what is malformed. */
  readonly status: 500 | 501;

  /** `where` names the operation, the payload or the GraphQL field; `problems` are one line each. */
  constructor(where: string, problems: readonly string[], status: 500 | 501 = 500) {
    super(`${where}: ${problems.join('; ')}`);
    this.status = status;
  }
}
