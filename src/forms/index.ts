export { formsEn } from './en.ts';
export { formsEsCR } from './es-cr.ts';
export type {
  ChoiceField,
  ChoicesField,
  ContactField,
  EnteredData,
  FieldBase,
  FieldChoice,
  FieldCondition,
  Form,
  FormField,
  GroupField,
  HostField,
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
export type { FormWords } from './words.ts';
