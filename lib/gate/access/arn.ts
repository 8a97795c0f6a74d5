// A private character stands for the colons of a hole, as in ⟨AWS::AccountId⟩, which are not those of the ARN.
const mask = '\uE000'

/** The fields of an ARN: `arn`, partition, service, Region, account and the parts of the resource. A hole counts as text without colons. */
export const fieldsOf = (arn: string): readonly string[] =>
  arn
    .replace(/⟨[^⟨⟩]*⟩/g, (one) => one.replaceAll(':', mask))
    .split(':')
    .map((field) => field.replaceAll(mask, ':'))
