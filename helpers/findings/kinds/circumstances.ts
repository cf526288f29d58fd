/**
 * The circumstances in which a promise is broken, in words that follow the name of a call: "payment, sent once", from
 * the simplest on.
 */
export const circumstances = {
  once: 'sent once',
  boundary: 'with values at or beyond their limits',
  replay: 'sent again with the same key',
  'key-reuse': 'with a key that was used for another request',
  'after-refusal': 'after a refusal',
  'after-lost-answer': 'after its answer was lost',
  'after-crash': 'after a crash',
  interrupted: 'when the database ends its transaction',
  'in-flight-other-key': 'while another one with another key is in flight',
  'in-flight-other-user': "while another user's is in flight",
  'in-flight-other-body': 'while one with the same key and another body is in flight',
  'in-flight-other-call': 'while another call is in flight',
  concurrent: 'sent several times at once',
  'several-instances': 'where requests reach several instances of the service',
  'under-load': 'under load',
} as const;

export type Circumstance = keyof typeof circumstances;

const isCircumstance = (name: string): name is Circumstance => name in circumstances;

export const circumstanceNames: readonly Circumstance[] = Object.keys(circumstances).filter(isCircumstance);
