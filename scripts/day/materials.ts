import { promised, providers, refused, type Story, sentAgain, story, visit } from './scenario.ts';
import { arrived, assigned, attended, explained, finished, inspected, started, supplied } from './steps.ts';

/** Materials that fall short and are of another kind: not acceptable, rejected with reasons, supplied again. */
function shortSealant(): Story {
  const v = visit('18', {
    caseNumber: 'EXP-2026-004549',
    client: { name: 'Jorge Arturo Vindas Salazar', title: 'don' },
    provider: providers.carlos,
    operator: 'op-01',
    service: 'Techos y canoas',
    place: 'Pérez Zeledón, San Isidro de El General, barrio Cooperativa, de la capilla 100 metros al norte',
    arriveBy: '14:30',
    tools: ['taladro', 'pistola de silicón', 'escalera de extensión', 'arnés'],
  });
  const materials = [
    { item: 'Sellador de poliuretano', quantity: 3, unit: 'cartuchos', quality: 'para exteriores' },
    { item: 'Tornillo punta de broca', quantity: 24, unit: 'unidades', kind: '1 ½ pulgadas con arandela' },
  ];
  return story(
    v,
    assigned(v, '12:05'),
    attended(v, '14:17'),
    inspected(v, '14:24', {
      where: 'Techo sobre la cocina, unión con la canoa',
      shots: ['unión de láminas', 'canoa', 'mancha en el cielo raso'],
      diagnosis: 'Tornillos flojos y sellador vencido en la unión.',
    }),
    explained(v, '14:36', 'Se cambian los tornillos de la unión y se sella de nuevo toda la orilla.', materials),
    v.p('15:02', 'supplyMaterials', {
      suppliedBy: 'client',
      items: [
        { item: 'sellador de poliuretano', quantity: 2, unit: 'cartuchos' },
        { item: 'tornillo punta de broca', quantity: 24, unit: 'unidades' },
      ],
    }),
    refused(v.p('15:04', 'acceptMaterials'), 'enough-supplied'),
    v.p('15:07', 'rejectMaterials', {
      mismatches: [
        {
          item: 'Sellador de poliuretano',
          reasons: ['quantity', 'quality'],
          note: 'Falta uno, y dos son para interiores.',
        },
        { item: 'Tornillo punta de broca', reasons: ['kind'], note: 'Vienen sin arandela.' },
      ],
    }),
    supplied(v, '15:41', materials),
    started(v, '15:46', ['mesa del comedor', 'refrigeradora']),
    finished(v, '17:02', ['Diez minutos de manguera sin filtración']),
  );
}

/** The client cannot buy: the center agrees on another day, and the provider leaves until then. Still away at the end. */
function payday(): Story {
  const v = visit('19', {
    caseNumber: 'EXP-2026-004550',
    client: { name: 'Reina Isabel Centeno Urbina', title: 'doña' },
    provider: providers.minor,
    operator: 'op-02',
    service: 'Fontanería',
    place: 'San José, La Carpio, tercera parada, de la iglesia evangélica 50 metros al oeste, casa rosada',
    arriveBy: '14:00',
    tools: ['llave de cañería', 'segueta', 'teflón'],
  });
  return story(
    v,
    assigned(v, '11:48'),
    attended(v, '13:36', 'dimex'),
    inspected(v, '13:43', {
      where: 'Baño, tubería de la ducha',
      shots: ['llave de la ducha', 'pared húmeda'],
      diagnosis: 'La llave de la ducha no tiene arreglo; hay que cambiarla.',
    }),
    explained(v, '13:55', 'Se cambia la llave de la ducha y se reponen los empaques.', [
      { item: 'Llave de chorro para ducha', quantity: 1, unit: 'unidad', kind: '½ pulgada' },
      { item: 'Teflón', quantity: 1, unit: 'rollo' },
    ]),
    v.p('14:01', 'reportMaterialsRefusal', {
      reason: 'No puede comprar la llave hasta que le paguen el viernes.',
      call: v.contact('14:00'),
    }),
    v.c('14:09', 'coordinateMaterials', { outcome: 'reschedule' }),
    v.p('14:13', 'pauseWork', {
      kind: 'second-visit',
      notice: v.contact('14:12'),
      returnExpected: promised('24 09:00'),
    }),
  );
}

/** Days to buy before any work has begun: the client will bring the materials, and the provider comes back on the 19th. */
function orderedPart(): Story {
  const v = visit('20', {
    caseNumber: 'EXP-2026-004551',
    client: { name: 'Ana Cecilia Montero Loría', title: 'doña' },
    provider: providers.marisela,
    operator: 'op-03',
    service: 'Cerrajería',
    place: 'Moravia, San Vicente, del Romanas Ballar 100 metros al norte y 75 al oeste, casa 31',
    arriveBy: '14:30',
    tools: ['taladro', 'formón', 'martillo de hule', 'escuadra'],
  });
  const materials = [
    { item: 'Llavín de sobreponer', quantity: 1, unit: 'unidad', kind: 'para portón, entrada izquierda' },
    { item: 'Tornillo para metal', quantity: 8, unit: 'unidades' },
  ];
  return story(
    v,
    assigned(v, '12:14'),
    attended(v, '14:20'),
    inspected(v, '14:27', {
      where: 'Portón de la cochera',
      shots: ['llavín por dentro', 'llavín por fuera'],
      diagnosis: 'Llavín quebrado por dentro. El modelo se consigue por encargo.',
    }),
    explained(v, '14:39', 'Se monta un llavín nuevo del mismo tipo en el mismo hueco.', materials),
    v.c('14:47', 'reportMaterialsRefusal', {
      reason: 'En la ferretería del barrio no lo hay y ella no puede ir hoy a otra.',
      call: v.contact('14:46'),
    }),
    v.c('14:53', 'coordinateMaterials', { outcome: 'client-will-supply' }),
    v.p('14:57', 'pauseWork', {
      kind: 'second-visit',
      notice: v.contact('14:56'),
      returnExpected: promised('19 09:00'),
    }),
    arrived(v, '19 08:54'),
    v.p('19 08:58', 'resumeWork', { kind: 'second-visit', notice: v.contact('19 08:57') }),
    supplied(v, '19 09:01', materials),
    started(v, '19 09:06', ['carro', 'bicicletas']),
    finished(v, '19 10:02', ['Cierra a la primera', 'Abre con las tres copias']),
  );
}

/**
 * Something is missing in the middle of the work. The client asks the provider to buy it: not allowed, declined. Then
 * she brings it herself; a second request is withdrawn, for there is another way.
 */
function missingFlange(): Story {
  const v = visit('21', {
    caseNumber: 'EXP-2026-004553',
    client: { name: 'Grettel Fonseca Abarca', title: 'doña' },
    provider: providers.kattia,
    operator: 'op-04',
    service: 'Fontanería',
    place: 'La Unión, Tres Ríos, de la Terramall 800 metros al sur, residencial Villas de Florencia, casa 9',
    arriveBy: '16:00',
    tools: ['llave de cañería', 'llave francesa', 'espátula', 'cubeta'],
  });
  const first = [{ item: 'Sifón plástico', quantity: 1, unit: 'unidad', kind: '1 ½ pulgadas' }];
  const extra = [{ item: 'Tubo de abasto trenzado', quantity: 2, unit: 'unidades', kind: '40 cm' }];
  return story(
    v,
    assigned(v, '13:10'),
    attended(v, '15:42'),
    inspected(v, '15:49', {
      where: 'Lavatorio del segundo piso',
      shots: ['sifón', 'llaves de control'],
      diagnosis: 'Sifón rajado.',
    }),
    explained(v, '16:01', 'Se cambia el sifón y se revisan las llaves de control.', first),
    supplied(v, '16:08', first),
    started(v, '16:13', ['paños', 'artículos de baño']),
    sentAgain(v.p('16:31', 'requestExtraMaterials', { materials: extra }), 2),
    refused(
      v.p('16:34', 'performOffContractAct', {
        activity: 'material-purchase',
        detail: 'Ir por los tubos a la ferretería.',
      }),
      'activity-allowed',
    ),
    v.p('16:36', 'declineOffContractRequest', {
      activity: 'material-purchase',
      detail: 'Me pidió que los comprara yo y me los pagaba después.',
    }),
    supplied(v, '17:04', extra),
    v.p('17:22', 'requestExtraMaterials', {
      materials: [{ item: 'Llave de control angular', quantity: 1, unit: 'unidad' }],
    }),
    explained(v, '17:29', 'La llave de control se pudo destrabar y no hace falta cambiarla.'),
    finished(v, '17:41', ['Lavatorio lleno y vaciado sin goteo', 'Llaves de control secas']),
  );
}

export const materials = [shortSealant(), payday(), orderedPart(), missingFlange()];
