export { type DescribedField, describeData } from './describe-data.ts';
export { formsEn } from './en.ts';
export { type EnteredData, type HostField, notForPeople } from './entered.ts';
export type { FormValues } from './entries.ts';
export { formsEsCR } from './es-cr.ts';
export type {
  ChoiceField,
  ChoicesField,
  ContactField,
  FieldBase,
  FieldChoice,
  FieldCondition,
  Form,
  FormField,
  GroupField,
  IdField,
  InstantField,
  ListField,
  LongTextField,
  PhotographsField,
  PositionField,
  QuantityField,
  ReportedActsField,
  RowsField,
  TextField,
  YesNoField,
} from './form.ts';
export { formOf, rowFields } from './form-of.ts';
export { knownData } from './known-data.ts';
export type { FieldProblem, FieldProblemCode, MissingField } from './problem.ts';
export { type FormOptions, type FormResult, readForm } from './read-form.ts';
export { shownFields } from './shown-fields.ts';
export { type EnteredValues, valuesOf } from './values-of.ts';
export type { FormWords } from './words.ts';
