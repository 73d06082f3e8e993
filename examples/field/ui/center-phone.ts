/** The telephone of the contact center. */
export const centerPhone = '800-467-4669';
