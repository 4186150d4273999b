import './css/index.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { langFromCookie, language } from './lib/text.svelte';

await language.use(langFromCookie());
mount(App, { target: document.getElementById('app')! });
