export { useStore } from 'zustand';
