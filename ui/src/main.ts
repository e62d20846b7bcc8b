import '@fontsource-variable/inter';
// Before the components, whose own style goes before what holds everywhere.
import './style/tokens.css';
import './style/base.css';
import './style/tables.css';
import './style/views.css';
import './style/print.css';
import { mount } from 'svelte';
import App from './shell/App.svelte';

const target = document.getElementById('app');
if (!target) throw new Error('the page has no place for the window');
export default mount(App, { target });
