/** The trivial task. */
export default (item) => item * 2;
