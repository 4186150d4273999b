import './css/index.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { abilities } from './lib/abilities.svelte';
import { langFromCookie, language } from './lib/text.svelte';

// What the server can do is asked meanwhile; who opens the session waits for it.
abilities.load().catch(() => {});
await language.use(langFromCookie());
mount(App, { target: document.getElementById('app')! });
