// Every chart in every state, for those who change one: `npm run dev`, then /gallery.html. Not built.
import { mount } from 'svelte';
import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/chart.css';
import '../styles/print.css';
import Gallery from './Gallery.svelte';

const target = document.getElementById('app');
if (target !== null) mount(Gallery, { target });
