import type { ParsedModule } from '../python/parsed-module.ts';
import type { Node, NodeKind } from '../python/syntax-tree.ts';
import type { SemanticModel } from '../semantics/model.ts';
import { wantsEverything } from './blocking-call.ts';
import type { RuleReport } from './draft.ts';
import type { EnabledRule } from './enabled-rule.ts';
import type { Report, RuleContext } from './rule.ts';
import type { EngineSettings } from './settings.ts';

/** A rule that threw. It says nothing more about this file. */
export interface RuleFailure {
  readonly rule: string;
  /** Where it was looking: an offset into the text. */
  readonly start: number;
  readonly error: unknown;
}

/** What rules said about one file. */
export interface RunResult {
  readonly reports: readonly RuleReport[];
  readonly failures: readonly RuleFailure[];
}

/** What rules are run on. */
export interface RunSubject {
  readonly parsed: ParsedModule;
  readonly settings: EngineSettings;
  /** Made when a rule first asks for it. */
  readonly model: () => SemanticModel;
}

/** One visitor function of one rule. */
interface Visitor {
  readonly enabled: EnabledRule;
  readonly context: RuleContext;
  readonly visit: (node: Node, context: RuleContext) => void;
}

/** Runs rules in one pass over the nodes, parents before children. A rule that throws is left out from there on. */
export function runRules(rules: readonly EnabledRule[], subject: RunSubject): RunResult {
  const reports: RuleReport[] = [];
  const failures: RuleFailure[] = [];
  const visitors = visitorsByKind(rules, subject, reports);
  const failed = new Set<EnabledRule>();

  for (const node of subject.parsed.nodes) {
    const interested = visitors.get(node.kind);
    if (interested === undefined) continue;
    for (const visitor of interested) {
      if (failed.size > 0 && failed.has(visitor.enabled)) continue;
      try {
        visitor.visit(node, visitor.context);
      } catch (error) {
        failed.add(visitor.enabled);
        failures.push({ rule: visitor.enabled.rule.id, start: node.start, error });
      }
    }
  }
  return { reports, failures };
}

function visitorsByKind(
  rules: readonly EnabledRule[],
  subject: RunSubject,
  reports: RuleReport[],
): ReadonlyMap<NodeKind, readonly Visitor[]> {
  const byKind = new Map<NodeKind, Visitor[]>();
  for (const enabled of rules) {
    const context = createContext(subject, report => {
      if (!isQuiet(enabled, subject)) reports.push({ enabled, report });
    });
    for (const [kind, visit] of Object.entries(enabled.rule.visit)) {
      // `Visit` ties each kind to its node type; a table of all kinds can only say that they belong together.
      const visitor = { enabled, context, visit: visit as Visitor['visit'] };
      const others = byKind.get(kind as NodeKind);
      if (others === undefined) byKind.set(kind as NodeKind, [visitor]);
      else others.push(visitor);
    }
  }
  return byKind;
}

function isQuiet({ rule }: EnabledRule, { model, settings }: RunSubject): boolean {
  if (rule.quietIn === undefined || wantsEverything({ settings })) return false;
  return rule.quietIn.includes(model().role);
}

function createContext(subject: RunSubject, report: (report: Report) => void): RuleContext {
  const { text } = subject.parsed.source;
  return {
    get model() {
      return subject.model();
    },
    target: subject.settings.targetVersion,
    settings: subject.settings,
    text: range => text.slice(range.start, range.end),
    report,
  };
}
