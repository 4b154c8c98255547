import { mergeById, newId, withIds } from '../../framework/workflow/index.ts'
import type { PromotionRule } from '../../modules/promotion/models.ts'
import type { RuleKind } from '../../modules/promotion/rules/promotion.ts'
import type { NewRule } from '../../modules/promotion/service.ts'
import { write } from '../steps.ts'

export type RuleFields = Pick<PromotionRule, 'attribute' | 'operator'> &
  Partial<Pick<PromotionRule, 'description'>> & { values: string[] }

export interface BatchPromotionRulesInput {
  promotion_id: string
  kind: RuleKind
  create: RuleFields[]
  /** `values` replaces those of the rule. */
  update: (Partial<RuleFields> & { id: string; values: string[] })[]
  delete: string[]
}

/** Creates, updates and deletes rules of one kind. Refused if a rule belongs to another promotion or kind. */
export async function batchPromotionRules({
  promotion_id,
  kind,
  ...batch
}: BatchPromotionRulesInput): Promise<{ created: string[]; updated: string[]; deleted: string[] }> {
  const create = batch.create.map(ruleRow)
  const update = mergeById(batch.update).map((rule) => ({ ...rule, values: valueRows(rule.values) }))
  await write.changePromotionRules({ promotion_id, kind, create, update, delete: batch.delete })
  return { created: create.map(({ id }) => id), updated: update.map(({ id }) => id), deleted: batch.delete }
}

export function ruleRow(rule: RuleFields): NewRule {
  return { ...rule, id: newId('prorul'), values: valueRows(rule.values) }
}

const valueRows = (values: string[]) =>
  withIds(
    'prorulval',
    [...new Set(values)].map((value) => ({ value })),
  )
