import type { Actor, Provider } from 'auxilio';

/** The providers of the day. All invented. */
export const providers = {
  minor: { id: 'prov-003', name: 'Minor Villalobos Arce', title: 'don' },
  yendry: { id: 'prov-007', name: 'Yendry Chaves Mora', title: 'doña' },
  olman: { id: 'prov-011', name: 'Olman Segura Picado', title: 'don' },
  gerardo: { id: 'prov-014', name: 'Gerardo Ureña Solís', title: 'don' },
  kattia: { id: 'prov-018', name: 'Kattia Zúñiga Rojas', title: 'doña' },
  esteban: { id: 'prov-021', name: 'Esteban Quirós Alfaro', title: 'don' },
  wilber: { id: 'prov-025', name: 'Wílber Obando Matarrita', title: 'don' },
  delroy: { id: 'prov-027', name: 'Delroy Campbell Brown', title: 'don' },
  marisela: { id: 'prov-030', name: 'Marisela Jiménez Conejo', title: 'doña' },
  randall: { id: 'prov-033', name: 'Randall Espinoza Vega', title: 'don' },
  jafet: { id: 'prov-036', name: 'Jafet Selles Morales', title: 'don' },
  carlos: { id: 'prov-040', name: 'Carlos Luis Badilla Fallas', title: 'don' },
  lidieth: { id: 'prov-044', name: 'Lidieth Rojas Huertas', title: 'doña' },
  denis: { id: 'prov-047', name: 'Denis Gutiérrez Rosales', title: 'don' },
  wendy: { id: 'prov-049', name: 'Wendy Contreras Obregón', title: 'doña' },
  ronald: { id: 'prov-052', name: 'Ronald Mesén Agüero', title: 'don' },
} as const satisfies Record<string, Provider>;

/** The operators of the contact center on duty that day. */
export type OperatorId = 'op-01' | 'op-02' | 'op-03' | 'op-04' | 'op-05' | 'op-06';

export const asProvider = ({ id }: Provider): Actor => ({ role: 'provider', id });

export const asOperator = (id: OperatorId): Actor => ({ role: 'contact-center', id });
