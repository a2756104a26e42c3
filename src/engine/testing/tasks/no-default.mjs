export const helper = () => {};
