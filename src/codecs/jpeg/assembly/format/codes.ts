/** The second bytes of markers: T.81 table B.1. */
export const SOF0: i32 = 0xc0;
export const SOF1: i32 = 0xc1;
export const SOF2: i32 = 0xc2;
export const DHT: i32 = 0xc4;
export const JPG: i32 = 0xc8;
export const DAC: i32 = 0xcc;
export const RST0: i32 = 0xd0;
export const RST7: i32 = 0xd7;
export const SOI: i32 = 0xd8;
export const EOI: i32 = 0xd9;
export const SOS: i32 = 0xda;
export const DQT: i32 = 0xdb;
export const DNL: i32 = 0xdc;
export const DRI: i32 = 0xdd;
export const DHP: i32 = 0xde;
export const EXP: i32 = 0xdf;
export const APP0: i32 = 0xe0;
export const APP15: i32 = 0xef;
/** SOF55 of T.87, JPEG-LS: one of T.81's reserved JPGn. */
export const JPG7: i32 = 0xf7;
export const COM: i32 = 0xfe;
