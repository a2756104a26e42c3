import { useEffect, useRef, useState } from 'react';
import type { FormerRun } from '../../../shared/ipc/history.ts';
import type { ThumbId } from '../../../shared/ipc/run.ts';
import { kindIcons } from '../../components/kind-icons.ts';
import { request } from '../../ipc/api.ts';
import { thumbAddress } from '../../lib/thumb-address.ts';
import classes from './RunPicturesRow.module.css';

/** The first pictures that a run made, asked for once they are in sight. Where none is left its kind is shown. */
export function RunPicturesRow({ run: { id, kind } }: { readonly run: FormerRun }) {
  const frame = useRef<HTMLDivElement>(null);
  const [pictures, setPictures] = useState<readonly ThumbId[]>([]);
  const [gone, setGone] = useState<ReadonlySet<ThumbId>>(new Set());
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      request('runs:pictures', { id }).then(setPictures, () => {});
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [id]);
  const shown = pictures.filter((picture) => !gone.has(picture));
  const Icon = kindIcons[kind];
  return (
    <div ref={frame} className={classes.pictures} aria-hidden data-empty={shown.length === 0}>
      {shown.length === 0 && <Icon size={24} stroke={1.4} />}
      {shown.map((picture) => (
        <img
          key={picture}
          src={thumbAddress(picture)}
          alt=""
          draggable={false}
          onError={() => setGone((before) => new Set(before).add(picture))}
        />
      ))}
    </div>
  );
}
