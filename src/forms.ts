export { type DescribedField, describeData } from './forms/describe-data.ts';
export { formsEn } from './forms/en.ts';
export { type EnteredData, type HostField, notForPeople } from './forms/entered.ts';
export { type FormValues, shownFields } from './forms/entries.ts';
export { formsEsCR } from './forms/es-cr.ts';
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
} from './forms/form.ts';
export { formOf, rowFields } from './forms/form-of.ts';
export { knownData } from './forms/known-data.ts';
export { type FormOptions, type FormResult, readForm } from './forms/read-form.ts';
export { type EnteredValues, valuesOf } from './forms/values-of.ts';
export type { FieldProblem, FieldProblemCode, FormWords, MissingField } from './forms/words.ts';
